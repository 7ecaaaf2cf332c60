// What a build changes of the machines that make a K3s cluster, where the machines have to be told first: etcd knows
// its servers by name and address, and Ansible takes none out of it.
#pragma once

#include <map>
#include <string>

namespace hlab::driver {

/// What to tell the person, or "". Both: the files of one inventory, by path; `project`: what their paths begin with.
[[nodiscard]] std::string member_changes(
    const std::map<std::string, std::string, std::less<>>& before,
    const std::map<std::string, std::string, std::less<>>& now, const std::string& project);

}  // namespace hlab::driver
