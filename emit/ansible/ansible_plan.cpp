#include "emit/ansible/ansible_plan.h"

#include <algorithm>

#include "compiler/model/waiting.h"
#include "emit/core/layout.h"
#include "emit/core/secret_use.h"

namespace hlab::emit {

using model::View;

namespace {

bool holds(const std::vector<View>& views, const View& wanted) {
  return std::find(views.begin(), views.end(), wanted) != views.end();
}

/// What others need stands before them; else by name.
std::vector<View> in_start_order(const EmitInput& input, std::vector<View> services) {
  std::stable_sort(services.begin(), services.end(), [&](const View& a, const View& b) {
    const auto depth_a = input.graph.depth_of(a.id());
    const auto depth_b = input.graph.depth_of(b.id());
    return depth_a != depth_b ? depth_a < depth_b : a.name() < b.name();
  });
  return services;
}

void add_needs(const EmitInput& input, AnsibleHost& host) {
  if (!host.membership.cluster) return;
  for (const View& driver : sorted_by_name(input.all("storage-driver"))) {
    const std::vector<std::string> needs = driver.texts("host-needs");
    if (!(driver.ref("cluster") == host.membership.cluster) || needs.empty()) continue;
    host.drivers.push_back(driver);
    host.needs.insert(host.needs.end(), needs.begin(), needs.end());
  }
  std::sort(host.needs.begin(), host.needs.end());
  host.needs.erase(std::unique(host.needs.begin(), host.needs.end()), host.needs.end());
}

AnsibleHost host_of(const EmitInput& input, const View& node, const std::vector<View>& services) {
  AnsibleHost host;
  host.node = node;
  host.membership = membership_of(input, node);
  for (const NodeAddress& address : addresses_of(node)) {
    if (!host.overlay && is_overlay(address.network)) host.overlay = address.network;
  }
  for (const View& service : services) {
    if (holds(service.refs("on"), node)) host.services.push_back(service);
  }
  add_needs(input, host);
  return host;
}

bool in_several_clusters(const std::vector<AnsibleHost>& hosts) {
  View first;
  return std::any_of(hosts.begin(), hosts.end(), [&](const AnsibleHost& host) {
    if (!host.in_k3s()) return false;
    if (!first) first = host.membership.cluster;
    return !(host.membership.cluster == first);
  });
}

}  // namespace

std::vector<View> AnsibleHost::disks() const {
  std::vector<View> out;
  for (const auto& [name, disk] : node.held("disk")) {
    if (disk.has("mount")) out.push_back(disk);
  }
  return out;
}

std::string AnsiblePlan::path(std::string_view inside) const { return join_path(folder, inside); }

AnsiblePlan plan_ansible(const EmitInput& input) {
  AnsiblePlan plan;
  plan.folder = layout_of(input).ansible;
  plan.lab = input.all("lab").front();
  std::vector<View> services = in_start_order(input, input.all("host-service"));
  std::erase_if(services, model::is_held_back);
  for (const View& node : sorted_by_name(input.all("node"))) {
    if (!runs_nixos(node)) plan.hosts.push_back(host_of(input, node, services));
  }
  for (const View& service : services) {
    for (const AnsibleHost& host : plan.hosts) {
      if (holds(host.services, service) && !holds(plan.services, service)) {
        plan.services.push_back(service);
      }
    }
  }
  plan.several_clusters = in_several_clusters(plan.hosts);
  plan.stages = host_services(input);
  for (const SecretUse& use : secret_uses(input)) {
    plan.uses_secrets = plan.uses_secrets || use.target == SecretTarget::ansible;
  }
  return plan;
}

std::vector<std::string_view> groups_of(const AnsibleHost& host) {
  std::vector<std::string_view> out;
  if (!host.disks().empty()) out.push_back(kDiskGroup);
  if (host.in_k3s()) out.push_back(host.membership.server ? kServerGroup : kAgentGroup);
  if (host.is_raspberry_pi()) out.push_back(kBoardGroup);
  if (!host.needs.empty()) out.push_back(kStorageGroup);
  if (!host.services.empty()) out.push_back(kServiceGroup);
  if (host.overlay) out.push_back(kOverlayGroup);
  return out;
}

bool has_group(const AnsiblePlan& plan, std::string_view group) {
  return std::any_of(plan.hosts.begin(), plan.hosts.end(), [group](const AnsibleHost& host) {
    const auto groups = groups_of(host);
    return std::find(groups.begin(), groups.end(), group) != groups.end();
  });
}

View subject_of(const AnsiblePlan& plan, std::string_view group) {
  for (const AnsibleHost& host : plan.hosts) {
    const auto groups = groups_of(host);
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) continue;
    if (group == kServerGroup || group == kAgentGroup) return host.membership.cluster;
    if (group == kStorageGroup) return host.drivers.front();
    if (group == kServiceGroup) return host.services.front();
    if (group == kOverlayGroup) return host.overlay;
  }
  return plan.lab;
}

}  // namespace hlab::emit
