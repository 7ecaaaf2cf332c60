// Objects whose data a build puts at stake: those that leave the tree, and claims that change what
// Kubernetes never changes.
#pragma once

#include <set>
#include <string>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

/// What to tell the person, or "". Claims in folders that another cluster has now are new there, and not changed.
[[nodiscard]] std::string claim_changes(const emit::WriteResult& written,
                                        const emit::FileTree& tree,
                                        const std::set<std::string>& left_cluster);

}  // namespace hlab::driver
