// What a build changes of the machines that make a K3s cluster, where the machines have to be told first: etcd knows
// its servers by name and address, and Ansible takes none out of it.
#pragma once

#include <map>
#include <set>
#include <string>

namespace hlab::driver {

/// What to tell the person, or "". `before`, `now`: the files of one inventory, by path; `project`: what their paths begin
/// with; `installed_anew`: machines that another system sets up now.
[[nodiscard]] std::string member_changes(
    const std::map<std::string, std::string, std::less<>>& before,
    const std::map<std::string, std::string, std::less<>>& now, const std::string& project,
    const std::set<std::string>& installed_anew);

}  // namespace hlab::driver
