#include "compiler/driver/member_changes.h"

#include <fmt/format.h>

#include <vector>

#include "compiler/driver/tree_objects.h"

namespace hlab::driver {
namespace {

struct Member {
  enum class Part { none, server, agent };
  Part part = Part::none;
  bool has_etcd = false;  // one of several servers
  std::string address;    // at which Ansible finds it
  std::string node_ip;    // by which etcd knows it
};

using Members = std::map<std::string, Member>;  // all machines, by name

Member::Part part_of(const std::string& group) {
  if (group == "k3s_server") return Member::Part::server;
  return group == "k3s_agent" ? Member::Part::agent : Member::Part::none;
}

void add_group(const YAML::Node& group, Member::Part part, Members& out) {
  const YAML::Node hosts = child_of(group, "hosts");
  if (!hosts || !hosts.IsMap()) return;
  for (const auto& host : hosts) {
    Member& member = out[host.first.as<std::string>("")];
    if (part != Member::Part::none) member.part = part;
  }
}

Members members_in(const Files& files, const std::string& project) {
  Members out;
  const YAML::Node groups = child_of(child_of(file_in(files, project + "hosts.yml"), "all"),
                                     "children");
  if (!groups || !groups.IsMap()) return out;
  for (const auto& group : groups)
    add_group(group.second, part_of(group.first.as<std::string>("")), out);
  for (auto& [name, member] : out) {
    const YAML::Node own = file_in(files, fmt::format("{}host_vars/{}.yml", project, name));
    member.address = text_in(own, "ansible_host");
    const YAML::Node config = child_of(own, "k3s_node_config");
    member.node_ip = text_in(config, "node-ip");
    member.has_etcd = member.part == Member::Part::server &&
                      (child_of(config, "cluster-init") || child_of(config, "server"));
  }
  return out;
}

/// The machine that has its address now, where that has a name which no machine had before.
std::string new_name(const Member& member, const Members& before, const Members& now) {
  if (member.address.empty()) return "";
  for (const auto& [name, other] : now) {
    if (other.address == member.address && !before.contains(name)) return name;
  }
  return "";
}

constexpr const char* kOutOfEtcd =
    "`kubectl delete node {0}`, and on it `sudo systemctl stop k3s` and\n"
    "`sudo rm -r /var/lib/rancher/k3s/server/db`";

std::string renamed_text(const std::string& name, const Member& was, const std::string& as) {
  if (!was.has_etcd) {
    return fmt::format(
        "The node `{0}` is called `{1}` now: `kubectl drain {0}` and `kubectl delete node {0}`, before `scripts/join.sh {1}`.\n",
        name, as);
  }
  return fmt::format("The server `{0}` is called `{1}` now, and etcd knows it by its name: ", name,
                     as) +
         fmt::format(kOutOfEtcd, name) +
         fmt::format(", before `scripts/join.sh {}`. One server after the other.\n", as);
}

std::string left_text(const std::string& name, const Member& was, bool is_known) {
  const std::string stop = fmt::format("{} `sudo systemctl disable --now {}`",
                                       is_known ? "on it" : "where it is still on,",
                                       was.part == Member::Part::server ? "k3s" : "k3s-agent");
  const bool is_alone = was.part == Member::Part::server && !was.has_etcd;
  if (is_alone)
    return fmt::format("The only server of a cluster, `{}`, left it: {}.\n", name, stop);
  return fmt::format("The machine `{0}` left its cluster: `kubectl delete node {0}`{1}, and {2}.\n",
                     name, was.has_etcd ? ", which takes it out of etcd" : "", stop);
}

/// What is to be done with a machine that is still there.
std::string changed_text(const std::string& name, const Member& was, const Member& is) {
  if (was.part == Member::Part::none) return "";
  if (is.part == Member::Part::none) return left_text(name, was, true);
  if (!was.has_etcd) return "";
  if (is.part == Member::Part::agent) {
    return fmt::format(
               "The server `{0}` is to be an agent, and Ansible stops it as it is. Before: ",
               name) +
           fmt::format(kOutOfEtcd, name) + ". One server after the other.\n";
  }
  if (was.node_ip == is.node_ip || was.node_ip.empty() || is.node_ip.empty()) return "";
  return fmt::format(
             "The server `{}` has another address, and etcd knows it by `{}`. Before `scripts/join.sh {}`: ",
             name, was.node_ip, name) +
         fmt::format(kOutOfEtcd, name) +
         ". One server to a build: without most of them nothing is decided.\n";
}

}  // namespace

std::string member_changes(const Files& before, const Files& now, const std::string& project,
                           const std::set<std::string>& installed_anew) {
  const Members was = members_in(before, project);
  const Members is = members_in(now, project);
  std::string out;
  for (const auto& [name, member] : was) {
    if (installed_anew.contains(name)) continue;
    const auto found = is.find(name);
    if (found != is.end()) {
      out += changed_text(name, member, found->second);
    } else if (member.part != Member::Part::none) {
      const std::string as = new_name(member, was, is);
      out += as.empty() ? left_text(name, member, false) : renamed_text(name, member, as);
    }
  }
  return out;
}

}  // namespace hlab::driver
