#include "emit/nixos/nixos_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "emit/core/layout.h"

namespace hlab::emit {

using model::View;

namespace {

void add_once(std::vector<View>& views, const View& view) {
  if (view && std::find(views.begin(), views.end(), view) == views.end()) views.push_back(view);
}

/// The storage drivers of a cluster, sorted by name.
std::vector<View> drivers_of(const EmitInput& input, const View& cluster) {
  std::vector<View> out;
  for (const View& driver : sorted_by_name(input.all("storage-driver"))) {
    if (cluster && driver.ref("cluster") == cluster) out.push_back(driver);
  }
  return out;
}

NixosMachine machine_of(const EmitInput& input, const View& node, NixosPlan& plan) {
  NixosMachine machine;
  machine.node = node;
  machine.addresses = addresses_of(node);
  machine.membership = membership_of(input, node);
  for (const NodeAddress& address : machine.addresses) {
    if (is_overlay(address.network)) add_once(machine.overlays, address.network);
  }
  for (const View& driver : drivers_of(input, machine.membership.cluster)) {
    for (const std::string& need : driver.texts("host-needs")) {
      machine.needs.push_back(need);
      plan.needed_by.emplace(need, driver);
    }
  }
  std::sort(machine.needs.begin(), machine.needs.end());
  machine.needs.erase(std::unique(machine.needs.begin(), machine.needs.end()), machine.needs.end());
  return machine;
}

}  // namespace

View NixosMachine::resolving_network() const {
  for (const NodeAddress& address : addresses) {
    if (!is_overlay(address.network) && !address.network.texts("dns").empty())
      return address.network;
  }
  return {};
}

bool NixosMachine::keeps_own_dns() const {
  // An agent finds the servers of a cluster in an overlay by the overlay's own names.
  const bool calls_by_name = membership.cluster && !membership.first &&
                             is_overlay(membership.cluster.ref("network"));
  return static_cast<bool>(resolving_network()) && !calls_by_name;
}

std::string NixosPlan::overlay_module(const View& overlay) const {
  return fmt::format("{}.nix", overlays.size() == 1 ? overlay.kind_name() : overlay.name());
}

NixosPlan plan_nixos(const EmitInput& input) {
  NixosPlan plan;
  plan.folder = layout_of(input).nixos;
  plan.lab = input.all("lab").front();
  for (const View& node : sorted_by_name(input.all("node"))) {
    if (runs_nixos(node)) plan.machines.push_back(machine_of(input, node, plan));
  }
  for (const NixosMachine& machine : plan.machines) {
    for (const View& overlay : machine.overlays) add_once(plan.overlays, overlay);
    if (machine.in_k3s()) add_once(plan.clusters, machine.membership.cluster);
  }
  plan.overlays = sorted_by_name(std::move(plan.overlays));
  plan.clusters = sorted_by_name(std::move(plan.clusters));
  for (const View& person : input.all("person")) {
    plan.has_people = plan.has_people || !person.texts("ssh-keys").empty();
  }
  const auto has = [](std::string_view field) {
    return [field](const View& view) { return view.has(field); };
  };
  plan.has_secrets = std::any_of(plan.overlays.begin(), plan.overlays.end(), has("auth-key")) ||
                     std::any_of(plan.clusters.begin(), plan.clusters.end(), has("token"));
  return plan;
}

bool learns_address(const NixosMachine& machine, const View& network) {
  for (const NodeAddress& address : machine.addresses) {
    if (address.network == network) return !address.known();
  }
  return false;
}

}  // namespace hlab::emit
