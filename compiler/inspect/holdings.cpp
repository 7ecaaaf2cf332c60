#include "compiler/inspect/holdings.h"

#include <algorithm>

#include "compiler/placement/cluster_problem.h"
#include "compiler/placement/port_claims.h"

namespace hlab::inspect {

using model::View;

namespace {

constexpr std::int64_t kCpuOfCore = 1000;

std::vector<View> all(const View& node, std::string_view kind) {
  return model::all(node.program(), node.lab(), kind);
}

bool holds(const std::vector<View>& views, const View& wanted) {
  return std::find(views.begin(), views.end(), wanted) != views.end();
}

/// Containers of the cluster that may land on the node.
void add_pods(const View& node, const View& cluster, Holdings& out) {
  const auto where = placement::cluster_problem(node.program(), node.lab(), cluster);
  const auto at = std::find(where.nodes.begin(), where.nodes.end(), node);
  const auto machine = static_cast<std::size_t>(at - where.nodes.begin());
  for (std::size_t i = 0; i < where.services.size(); ++i) {
    const placement::Pods& pods = where.problem.pods[i];
    const auto allowed = [&](std::size_t m) {
      return (pods.bound_to.empty() || pods.bound_to[m]) &&
             (pods.tolerates.empty() || pods.tolerates[m]);
    };
    if (!allowed(machine)) continue;
    std::size_t places = 0;
    for (std::size_t m = 0; m < where.nodes.size(); ++m) places += allowed(m) ? 1 : 0;
    out.services.push_back({where.services[i], places == 1, pods.apart ? 1 : pods.count,
                            pods.needs[0], pods.needs[1]});
  }
}

/// Charts and manifests, which do not say what they need, and what runs on machines themselves.
void add_others(const View& node, const View& cluster, Holdings& out) {
  for (const View& service : all(node, "service")) {
    if (service.is("container") || service.flag("extern")) continue;
    const std::vector<View> on = service.refs("on");
    const bool in_cluster = service.is("workload") && cluster && service.ref("cluster") == cluster;
    if (!holds(on, node) && !(on.empty() && in_cluster)) continue;
    const bool must = holds(on, node) && (!service.is("workload") || on.size() == 1);
    out.services.push_back({service, must, 1, 0, 0});
  }
}

void add_amounts(const View& node, Holdings& out) {
  const View hardware = node.ref("hardware");
  const View reserve = node.ref("reserve");
  HeldAmount memory{"memory", hardware.number("memory"), reserve.number("memory"), 0, 0};
  HeldAmount cpu{"cpu", hardware.number("cpu") * kCpuOfCore, reserve.number("cpu"), 0, 0};
  for (const HeldService& one : out.services) {
    (one.must ? memory.must : memory.may) += one.memory * one.pods;
    (one.must ? cpu.must : cpu.may) += one.cpu * one.pods;
  }
  out.amounts = {memory, cpu};
}

void add_disks(const View& node, Holdings& out) {
  for (const auto& [name, disk] : node.held("disk")) {
    HeldDisk held{disk, disk.ref("storage"), 0, 0};
    if (held.storage) {
      for (const View& volume : all(node, "volume")) {
        if (volume.ref("on") == held.storage)
          held.asked += volume.number("size") * volume.number("copies", 1) *
                        held.storage.number("copies", 1);
      }
      for (const View& other : all(node, "disk")) {
        if (other.ref("storage") == held.storage) held.has += other.number("size");
      }
    }
    out.disks.push_back(held);
  }
}

bool is_listed(const Holdings& held, const placement::PortClaim& claim) {
  return std::any_of(held.ports.begin(), held.ports.end(), [&](const HeldPort& one) {
    const bool udp = one.port.text("protocol") == "udp";
    return one.service == claim.holder && one.port.number("port") == claim.port.number &&
           udp == claim.port.udp;
  });
}

/// What the system takes, the cluster on this node, and what answers on all of its nodes.
void add_other_ports(const View& node, const View& cluster, Holdings& out) {
  for (const placement::PortClaim& claim : placement::port_claims(node.program(), node.lab())) {
    const bool is_here = claim.node == node || (cluster && claim.cluster == cluster);
    if (is_here && !is_listed(out, claim)) out.others.push_back({claim.port, claim.what});
  }
}

}  // namespace

Holdings holdings_of(const View& node) {
  Holdings out;
  View cluster;
  for (const View& one : all(node, "cluster")) {
    if (holds(one.refs("nodes"), node)) cluster = one;
  }
  if (cluster) add_pods(node, cluster, out);
  add_others(node, cluster, out);
  std::stable_partition(out.services.begin(), out.services.end(),
                        [](const HeldService& one) { return one.must; });
  for (const HeldService& one : out.services) {
    for (const auto& [name, port] : one.service.held("host-port"))
      out.ports.push_back({one.service, port});
    if (!one.must) continue;
    for (const auto& [name, volume] : one.service.held("volume")) out.volumes.push_back(volume);
  }
  add_other_ports(node, cluster, out);
  add_amounts(node, out);
  add_disks(node, out);
  return out;
}

}  // namespace hlab::inspect
