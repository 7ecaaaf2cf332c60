// Opens the folder that a build writes into, so that no other build does at the same time. The lock
// is on the folder itself and leaves nothing behind.
#pragma once

#include <string>

#include "emit/core/file_ops.h"
#include "emit/core/write_problem.h"

namespace hlab::emit {

struct OutputPlace {
  OwnedFd parent;
  std::string name;  // in the parent
};

/// The existing output folder, locked; not ok() where it is missing (no problem then) or cannot be
/// had (with a problem).
OwnedFd lock_existing(FileOps& ops, const std::string& output, Problems& problems);

/// Where a missing output will be, with missing parents made; parent not ok() on a problem.
OutputPlace place_of_missing(FileOps& ops, const std::string& output, Problems& problems);

/// A fresh, empty, locked folder `name` in `parent`. What a build that died left there is removed.
OwnedFd lock_staging(FileOps& ops, int parent, const std::string& name, Problems& problems);

}  // namespace hlab::emit
