// The objects in the files of the lab's folder that `manifests { from = ... }` copies.
#pragma once

#include <vector>

#include "compiler/driver/compile.h"
#include "compiler/graph/file_objects.h"

namespace hlab::driver {

/// Files that cannot be read are no objects here: the emitter tells of them.
[[nodiscard]] std::vector<graph::FileObject> manifest_objects(const Compilation& run);

}  // namespace hlab::driver
