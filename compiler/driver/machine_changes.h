// What a build changes of the machines that Ansible sets up, and Ansible does not: services, people and members of
// clusters that left, and who it logs in as.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

/// Whether the file says which services a machine has.
[[nodiscard]] bool is_inventory_file(std::string_view path);

/// What to tell the person, or "". `held_back`: services that Ansible leaves as they are until `hlab learn`.
[[nodiscard]] std::string machine_changes(const emit::WriteResult& written,
                                          const emit::FileTree& tree,
                                          const std::set<std::string>& held_back);

}  // namespace hlab::driver
