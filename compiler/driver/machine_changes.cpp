#include "compiler/driver/machine_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "compiler/driver/member_changes.h"
#include "compiler/driver/people_changes.h"
#include "compiler/driver/tree_objects.h"

namespace hlab::driver {
namespace {

using Names = std::vector<std::string>;

constexpr std::string_view kInventory = "inventory/";
constexpr std::string_view kHosts = "hosts.yml";
constexpr std::string_view kAll = "group_vars/all.yml";
constexpr std::string_view kGroup = "group_vars/support.yml";
constexpr std::string_view kHostVars = "host_vars/";
constexpr const char* kNames = "host_service_names";
constexpr const char* kDefinitions = "host_service_definitions";

/// Where the inventory of its project begins; none of a file of something else.
std::optional<std::string> project_of(std::string_view path) {
  for (std::size_t at = path.find(kInventory); at != path.npos;
       at = path.find(kInventory, at + 1)) {
    if (at != 0 && path[at - 1] != '/') continue;
    const std::string_view rest = path.substr(at + kInventory.size());
    if (rest == kHosts || rest == kAll || rest == kGroup || rest.starts_with(kHostVars))
      return std::string(path.substr(0, at + kInventory.size()));
  }
  return std::nullopt;
}

Names names_in(const YAML::Node& list) {
  Names out;
  if (!list || !list.IsSequence()) return out;
  for (const YAML::Node& item : list) out.push_back(item.as<std::string>(""));
  return out;
}

/// One project as it was or is.
class Inventory {
 public:
  Inventory(const Files& files, const std::string& project) {
    login_ = text_in(file_in(files, project + std::string(kAll)), "ansible_user");
    const YAML::Node group = file_in(files, project + std::string(kGroup));
    learn(group);
    const YAML::Node children = child_of(
        child_of(file_in(files, project + std::string(kHosts)), "all"), "children");
    hosts_of(children, all_);
    for (const std::string& host : all_)
      addresses_[host] = text_in(
          file_in(files, fmt::format("{}{}{}.yml", project, kHostVars, host)), "ansible_host");
    std::set<std::string> support;
    if (children && children.IsMap()) add_hosts(child_of(children, "support"), support);
    for (const std::string& host : support) {
      const YAML::Node own = file_in(files, fmt::format("{}{}{}.yml", project, kHostVars, host));
      learn(own);
      const YAML::Node names = child_of(own, kNames);
      services_[host] = names_in(names ? names : child_of(group, kNames));
    }
  }

  /// Who Ansible logs in as; "" where machines differ.
  [[nodiscard]] const std::string& login() const { return login_; }
  [[nodiscard]] bool has(const std::string& host) const { return all_.contains(host); }
  /// Whether a machine of this address runs it, which may be one under another name.
  [[nodiscard]] bool runs_at(const std::string& address, const std::string& service) const {
    return !address.empty() &&
           std::any_of(addresses_.begin(), addresses_.end(), [&](const auto& one) {
             return one.second == address && runs(one.first, service);
           });
  }
  [[nodiscard]] const std::string& address_of(const std::string& host) const {
    static const std::string kNone;
    const auto found = addresses_.find(host);
    return found == addresses_.end() ? kNone : found->second;
  }
  [[nodiscard]] const std::map<std::string, Names>& services() const { return services_; }
  [[nodiscard]] bool runs(const std::string& host, const std::string& service) const {
    const auto found = services_.find(host);
    return found != services_.end() &&
           std::find(found->second.begin(), found->second.end(), service) != found->second.end();
  }
  [[nodiscard]] Names units_of(const std::string& service) const {
    const auto found = units_.find(service);
    return found == units_.end() ? Names() : found->second;
  }
  /// Those that some service has there enabled.
  [[nodiscard]] std::set<std::string> units_on(const std::string& host) const {
    std::set<std::string> out;
    const auto found = services_.find(host);
    if (found == services_.end()) return out;
    for (const std::string& service : found->second) {
      const Names units = units_of(service);
      out.insert(units.begin(), units.end());
    }
    return out;
  }

 private:
  static void add_hosts(const YAML::Node& group, std::set<std::string>& out) {
    const YAML::Node hosts = child_of(group, "hosts");
    if (!hosts || !hosts.IsMap()) return;
    for (const auto& host : hosts) out.insert(host.first.as<std::string>(""));
  }
  static void hosts_of(const YAML::Node& children, std::set<std::string>& out) {
    if (!children || !children.IsMap()) return;
    for (const auto& group : children) add_hosts(group.second, out);
  }

  void learn(const YAML::Node& variables) {
    const YAML::Node definitions = child_of(variables, kDefinitions);
    if (!definitions || !definitions.IsMap()) return;
    for (const auto& one : definitions)
      units_[one.first.as<std::string>("")] = names_in(child_of(one.second, "enabled_units"));
  }

  std::string login_;
  std::set<std::string> all_;
  std::map<std::string, std::string> addresses_;  // by host, as Ansible finds it
  std::map<std::string, Names> services_;         // by host
  std::map<std::string, Names> units_;            // by service
};

std::string left_text(const Inventory& before, const Inventory& now,
                      const std::set<std::string>& held_back) {
  std::string out;
  for (const auto& [host, services] : before.services()) {
    if (!now.has(host)) continue;                            // the machine itself left
    const std::set<std::string> still = now.units_on(host);  // a service of another name has them
    for (const std::string& service : services) {
      if (now.runs(host, service) || held_back.contains(service)) continue;
      Names units = before.units_of(service);
      std::erase_if(units, [&](const std::string& unit) { return still.contains(unit); });
      out += units.empty()
                 ? fmt::format("`{}` left the machine `{}`; what it set up stays there.\n", service,
                               host)
                 : fmt::format(
                       "`{}` left the machine `{}` and goes on running there, until "
                       "`sudo systemctl disable --now {}`.\n",
                       service, host, fmt::join(units, " "));
    }
  }
  return out;
}

/// Machines that NixOS sets up now.
std::set<std::string> machines_of_nixos(const emit::FileTree& tree) {
  constexpr std::string_view kFolder = "hosts/";
  constexpr std::string_view kFile = "/default.nix";
  std::set<std::string> out;
  for (const emit::OutputFile* file : tree.sorted()) {
    const std::string_view path = file->path;
    const std::size_t at = path.find(kFolder);
    if (at == path.npos || !path.ends_with(kFile)) continue;
    const std::size_t begin = at + kFolder.size();
    if (begin + kFile.size() < path.size())
      out.emplace(path.substr(begin, path.size() - kFile.size() - begin));
  }
  return out;
}

/// Of machines that left as a whole. What is installed anew runs nothing of before.
std::string gone_text(const Inventory& before, const Inventory& now,
                      const std::set<std::string>& installed_anew) {
  std::string out;
  for (const auto& [host, services] : before.services()) {
    if (now.has(host) || installed_anew.contains(host)) continue;
    Names names, units;
    for (const std::string& service : services) {
      if (now.runs_at(before.address_of(host), service)) continue;
      names.push_back(fmt::format("`{}`", service));
      for (const std::string& unit : before.units_of(service)) units.push_back(unit);
    }
    if (units.empty()) continue;
    out += fmt::format(
        "The machine `{}` left the lab. Where it is still on, {} goes on running there, until `sudo systemctl disable --now {}`.\n",
        host, fmt::join(names, ", "), fmt::join(units, " "));
  }
  return out;
}

std::string login_text(const Inventory& before, const Inventory& now) {
  if (before.login() == now.login() || before.login().empty() || now.login().empty()) return "";
  return fmt::format(
      "Ansible logs in as `{0}` now, and as `{1}` before. Run `ansible-playbook playbooks/site.yml -e ansible_user={1}` "
      "once, which makes\nthe account of `{0}` where they have `ssh-keys`; or keep `ssh-user = \"{1}\"` in the `os` of the "
      "machines.\n",
      now.login(), before.login());
}

}  // namespace

bool is_inventory_file(std::string_view path) { return project_of(path).has_value(); }

std::string machine_changes(const emit::WriteResult& written, const emit::FileTree& tree,
                            const std::set<std::string>& held_back) {
  Files before;
  std::set<std::string> changed;
  for (const auto* files : {&written.pruned, &written.replaced}) {
    for (const emit::FormerFile& file : *files) {
      const std::optional<std::string> project = project_of(file.path);
      if (!project) continue;
      changed.insert(*project);
      before.emplace(file.path, file.bytes);
    }
  }
  if (changed.empty()) return "";
  Files now;
  for (const emit::OutputFile* file : tree.sorted()) {
    if (is_inventory_file(file->path)) now.emplace(file->path, file->bytes);
  }
  // What is the same now was so before.
  for (const auto& [path, bytes] : now) before.emplace(path, bytes);
  const std::set<std::string> of_nixos = machines_of_nixos(tree);
  std::string said;
  std::string out;
  for (const std::string& project : changed) {
    const Inventory was(before, project);
    const Inventory is(now, project);
    said += login_text(was, is);
    const std::string variables = project + std::string(kAll);
    said += people_changes(file_in(before, variables), file_in(now, variables));
    said += member_changes(before, now, project, of_nixos);
    out += gone_text(was, is, of_nixos) + left_text(was, is, held_back);
  }
  if (!out.empty()) out += "Ansible takes nothing away; files, users and data stay as well.\n";
  return said + out;
}

}  // namespace hlab::driver
