#include <fmt/format.h>

#include <map>

#include "compiler/model/api_way.h"
#include "compiler/model/network_place.h"
#include "compiler/model/pod_network.h"
#include "compiler/placement/port_claims.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

/// Ports of one interface: number -> who answers there and why.
struct OpenPorts {
  std::map<std::int64_t, std::string> tcp;
  std::map<std::int64_t, std::string> udp;

  void open(bool is_udp, std::int64_t port, const std::string& why) {
    std::string& reasons = (is_udp ? udp : tcp)[port];
    if (reasons.find(why) == std::string::npos) reasons += (reasons.empty() ? "" : ", ") + why;
  }
};

using Firewall = std::map<std::string, OpenPorts>;

void open_for_cluster(const Membership& membership, OpenPorts& ports) {
  const View& cluster = membership.cluster;
  const auto open = [&](bool udp, std::int64_t port, std::string_view why) {
    ports.open(udp, port, fmt::format("{}: {}", cluster.path(), why));
  };
  if (membership.server) {
    open(false, cluster.number("api-port", 6443), "Kubernetes API and supervisor");
    if (cluster.refs("servers").size() > 1 && !placement::keeps_state_elsewhere(cluster)) {
      open(false, 2379, "clients of the database");
      open(false, 2380, "copies of the database");
    }
  }
  open(false, 10250, "kubelet");
  const bool vxlan = cluster.text("flannel-backend") == "vxlan";
  for (const std::int64_t port : model::flannel_ports(cluster))
    open(true, port, vxlan ? "pod network (VXLAN)" : "pod network (WireGuard)");
}

/// kubectl comes by private networks too, where the cluster itself lies elsewhere.
void open_for_people(const NixosMachine& machine, Firewall& firewall) {
  const View& cluster = machine.membership.cluster;
  for (const NodeAddress& address : machine.addresses) {
    const bool own = address.network == cluster.ref("network");
    if (own || !model::answers_api_in(cluster, machine.node, address.network)) continue;
    firewall[model::interface_in(machine.node, address.network)].open(
        false, cluster.number("api-port", 6443),
        fmt::format("{}: kubectl by `{}`", cluster.path(), address.network.name()));
  }
}

/// The interface towards everybody in the house, or "".
std::string house_interface(const NixosMachine& machine) {
  for (const NodeAddress& address : machine.addresses) {
    if (!is_overlay(address.network)) return model::interface_in(machine.node, address.network);
  }
  return machine.node.ref("hardware").text("nic");
}

Firewall firewall_of(const EmitInput& input, const NixosMachine& machine) {
  Firewall firewall;
  const std::string house = house_interface(machine);
  std::string inside = house;
  if (machine.membership.cluster) {
    inside = model::interface_in(machine.node, machine.membership.cluster.ref("network"));
    open_for_cluster(machine.membership, firewall[inside]);
    if (machine.membership.server) open_for_people(machine, firewall);
  }
  for (const PortClaim& claim : port_claims(input, machine.node)) {
    firewall[claim.whole_house ? house : inside].open(
        claim.udp, claim.port, fmt::format("{}: {}", claim.service.path(), claim.purpose));
  }
  firewall.erase("");
  return firewall;
}

NixExpr port_list(const std::map<std::int64_t, std::string>& ports) {
  NixExpr list = NixExpr::list();
  for (const auto& [port, why] : ports) list.add(NixExpr::integer(port)).comment = why;
  return list;
}

}  // namespace

void set_firewall(const EmitInput& input, const NixosMachine& machine, NixExpr& networking) {
  bool first = true;
  for (const auto& [interface, ports] : firewall_of(input, machine)) {
    NixExpr open = NixExpr::attrs();
    if (!ports.tcp.empty()) open.set("allowedTCPPorts", port_list(ports.tcp));
    if (!ports.udp.empty()) open.set("allowedUDPPorts", port_list(ports.udp));
    if (open.entries.empty()) continue;
    NixEntry& entry = networking.set({"firewall", "interfaces", interface}, std::move(open));
    entry.gap_before = first;
    first = false;
  }
}

}  // namespace hlab::emit
