// The folder that a running engine begins to read: it does not follow where a build moves it.
#pragma once

#include <string>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

/// What to tell the person, or "".
[[nodiscard]] std::string root_changes(const emit::WriteResult& written,
                                       const emit::FileTree& tree);

}  // namespace hlab::driver
