// Pods that a build sends to other machines than those on which their volumes lie.
#pragma once

#include <string>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

/// What to tell the person, or "".
[[nodiscard]] std::string place_changes(const emit::WriteResult& written,
                                        const emit::FileTree& tree);

}  // namespace hlab::driver
