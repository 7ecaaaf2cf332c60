// Pods that a build sends to other machines than those on which their volumes lie.
#pragma once

#include <set>
#include <string>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

/// What to tell the person, or "". `local_classes`: those of volumes that lie on the machine of their pod, beside K3s' own.
[[nodiscard]] std::string place_changes(const emit::WriteResult& written,
                                        const emit::FileTree& tree,
                                        const std::set<std::string>& local_classes);

}  // namespace hlab::driver
