// Claims that charts and operators make from what a file of the tree says: values of charts, a server of CloudNativePG, templates.
#pragma once

#include <set>
#include <string>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

/// What to tell the person of changes that the claims which are there do not take, or "".
[[nodiscard]] std::string template_changes(const emit::WriteResult& written,
                                           const emit::FileTree& tree,
                                           const std::set<std::string>& left_cluster);

}  // namespace hlab::driver
