// Variables of the roles that every machine has, and of those for its board and its storage.
#include <algorithm>
#include <array>

#include "emit/ansible/secret_reference.h"
#include "emit/ansible/variables.h"

namespace hlab::emit {

using model::View;

namespace {

/// What a need of a storage driver takes on Debian.
struct NeedParts {
  std::string_view need;
  std::vector<std::string> packages;
  std::vector<std::string> modules;
  std::vector<std::string> services;
  std::vector<std::string> disabled;  // they would claim the volumes
};

const std::vector<NeedParts>& need_parts() {
  static const std::vector<NeedParts> kParts{
      {"iscsi-initiator",
       {"open-iscsi"},
       {"dm_crypt", "iscsi_tcp"},
       {"iscsid.service"},
       {"multipathd"}},
      {"nfs-client", {"nfs-common"}, {}, {}, {}},
  };
  return kParts;
}

std::vector<std::string> gathered(const AnsibleHost& host,
                                  std::vector<std::string> NeedParts::*part) {
  std::vector<std::string> out;
  for (const NeedParts& parts : need_parts()) {
    if (std::find(host.needs.begin(), host.needs.end(), parts.need) == host.needs.end()) continue;
    out.insert(out.end(), (parts.*part).begin(), (parts.*part).end());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void add_user(const EmitInput& input, const AnsibleHost& host, Variables& out) {
  const View os = host.node.ref("os");
  if (os.has("ssh-user")) {
    add_string(out, "ansible_user", kAllHosts, os.text("ssh-user"), origin_of(os, "ssh-user"));
  } else if (const View admin = first_admin(input)) {
    add_string(out, "ansible_user", kAllHosts, std::string(admin.name()),
               origin_of(admin, "admin"));
  }
}

/// Who has keys has an account, as on machines under NixOS.
void add_people(const EmitInput& input, Variables& out) {
  std::vector<View> people = sorted_by_name(input.all("person"));
  std::erase_if(people, [](const View& one) { return one.texts("ssh-keys").empty(); });
  if (people.empty()) return;
  out.push_back({"base_people", kAllHosts, [people](Doc& doc) {
                   doc.open_seq();
                   for (const View& person : people) {
                     doc.open_map();
                     doc.entry("name", person.name(), origin_of_name(person));
                     if (person.has("full-name"))
                       doc.entry("full_name", person.text("full-name"),
                                 origin_of(person, "full-name"));
                     doc.key("keys");
                     doc.open_seq(origin_of(person, "ssh-keys"));
                     for (const std::string& key : person.texts("ssh-keys")) doc.item(key);
                     doc.close();
                     doc.entry("admin", person.flag("admin"), origin_of(person, "admin"));
                     doc.close();
                   }
                   doc.close();
                 }});
}

/// Machines of a cluster are told alike; any other one may differ from all.
std::string_view cluster_group(const AnsibleHost& host) {
  if (!host.in_k3s()) return kAllHosts;
  return host.membership.server ? kServerGroup : kAgentGroup;
}

void add_packages(const AnsibleHost& host, Variables& out) {
  // The role's default, which a list replaces; K3s' role asks `ip` for addresses.
  std::vector<std::string> packages{"ca-certificates", "curl"};
  if (host.in_k3s()) packages.push_back("iproute2");
  for (std::string& package : host.node.texts("packages")) {
    if (std::find(packages.begin(), packages.end(), package) == packages.end()) {
      packages.push_back(std::move(package));
    }
  }
  if (packages.size() == 2) return;
  add_list(out, "base_packages", cluster_group(host), std::move(packages),
           origin_of(host.node, "packages"));
}

}  // namespace

void add_base(const EmitInput& input, const AnsiblePlan& plan, const AnsibleHost& host,
              Variables& out) {
  const View& node = host.node;
  add_user(input, host, out);
  add_flag(out, "ansible_become", kAllHosts, true);
  add_string(out, "ansible_host", "", contact_of(node),
             origin_of(node, node.has("reach") ? "reach" : "address"));
  add_string(out, "base_architecture", "", node.text("arch"), origin_of(node, "arch"));
  add_string(out, "base_hostname", "", std::string(node.name()), origin_of_name(node));
  add_string(out, "base_domain", kAllHosts, plan.lab.text("domain"), origin_of(plan.lab, "domain"));
  add_string(out, "base_timezone", kAllHosts, plan.lab.text("timezone"),
             origin_of(plan.lab, "timezone"));
  add_packages(host, out);
  add_people(input, out);
  if (!plan.uses_secrets) return;
  out.push_back(
      {"secrets_directory", kAllHosts, [](Doc& doc) { doc.value(Template{kSecretsFolder}); }});
}

void add_board(const AnsibleHost& host, Variables& out) {
  const View hardware = host.node.ref("hardware");
  const bool member = static_cast<bool>(host.membership.cluster);
  const std::string_view group = !host.in_k3s()           ? kBoardGroup
                                 : host.membership.server ? kServerGroup
                                                          : kAgentGroup;
  std::vector<std::string> flags = hardware.texts("kernel-flags");
  if (member) {
    for (std::string& flag : hardware.texts("cluster-kernel-flags"))
      flags.push_back(std::move(flag));
    add_list(out, "raspberry_pi_dropped_kernel_flags", group,
             hardware.texts("dropped-kernel-flags"), origin_of(hardware, "dropped-kernel-flags"));
  }
  add_list(out, "raspberry_pi_kernel_flags", group, std::move(flags),
           origin_of(hardware, "kernel-flags"));
  std::vector<std::string> lines;
  // On another system the line would name a kernel that is not there, and nothing would boot.
  if (host.node.ref("os").flag("vendor-kernels")) lines = hardware.texts("vendor-kernel-config");
  const bool chosen_for_it = !lines.empty();
  for (std::string& line : hardware.texts("boot-config")) lines.push_back(std::move(line));
  add_list(out, "raspberry_pi_config_lines", "", std::move(lines),
           origin_of(hardware, chosen_for_it ? "vendor-kernel-config" : "boot-config"));
}

void add_storage(const AnsibleHost& host, Variables& out) {
  const auto add = [&](std::string_view name, std::vector<std::string> NeedParts::*part) {
    add_list(out, name, kStorageGroup, gathered(host, part));
  };
  add("storage_client_packages", &NeedParts::packages);
  add("storage_client_kernel_modules", &NeedParts::modules);
  add("storage_client_services", &NeedParts::services);
  add("storage_client_disabled_services", &NeedParts::disabled);
  std::vector<std::string> folders;
  for (const View& driver : host.drivers) {
    if (driver.has("disk-path")) folders.push_back(driver.text("disk-path"));
  }
  add_list(out, "storage_client_directories", kStorageGroup, std::move(folders));
}

}  // namespace hlab::emit
