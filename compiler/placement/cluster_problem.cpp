#include "compiler/placement/cluster_problem.h"

#include <algorithm>

#include "compiler/placement/cluster_amounts.h"
#include "compiler/placement/taint.h"

namespace hlab::placement {

using model::View;

namespace {

constexpr std::int64_t kCpuOfCore = 1000;

bool holds(const std::vector<View>& views, const View& wanted) {
  return std::find(views.begin(), views.end(), wanted) != views.end();
}

Machine machine_of(const View& node) {
  const View hardware = node.ref("hardware");
  const View reserve = node.ref("reserve");
  return {{hardware.number("memory") - reserve.number("memory"),
           hardware.number("cpu") * kCpuOfCore - reserve.number("cpu")}};
}

/// Machines without taints keep nobody away: nothing has to be read of them for every service.
Pods pods_of(const View& service, const std::vector<View>& nodes,
             const std::vector<bool>& tainted) {
  Pods pods;
  pods.count = static_cast<std::uint32_t>(service.number("replicas", 1));
  pods.apart = service.flag("apart");
  pods.needs = {service.ref("resources").number("memory"), service.ref("resources").number("cpu")};
  const std::vector<View> on = service.refs("on");
  bool is_kept_away = false;
  for (std::size_t m = 0; m < nodes.size(); ++m) {
    if (!on.empty()) pods.bound_to.push_back(holds(on, nodes[m]));
    pods.tolerates.push_back(!tainted[m] || unborne_taints(service, nodes[m]).empty());
    is_kept_away = is_kept_away || !pods.tolerates.back();
  }
  if (!is_kept_away) pods.tolerates.clear();
  return pods;
}

}  // namespace

std::vector<std::string> unborne_taints(const View& service, const View& node) {
  std::vector<std::string> out;
  const std::vector<std::string> tolerated = service.texts("tolerates");
  for (const std::string& text : node.texts("taints")) {
    const Taint taint = taint_of(text);
    const bool borne = std::any_of(tolerated.begin(), tolerated.end(), [&](const std::string& one) {
      return bears(taint_of(one), taint);
    });
    if (keeps_away(taint) && !borne) out.push_back(text);
  }
  return out;
}

ClusterProblem cluster_problem(const program::Program& program, const program::Lab& lab,
                               const View& cluster) {
  ClusterProblem out;
  out.cluster = cluster;
  out.nodes = cluster.refs("nodes");
  out.problem.amounts = {{"memory", kMemory}, {"cpu", kCpu}};
  std::vector<bool> tainted;
  for (const View& node : out.nodes) {
    out.problem.machines.push_back(machine_of(node));
    tainted.push_back(!node.texts("taints").empty());
  }
  for (const View& service : model::all(program, lab, "container")) {
    if (!(service.ref("cluster") == cluster) || service.flag("extern")) continue;
    out.services.push_back(service);
    out.problem.pods.push_back(pods_of(service, out.nodes, tainted));
  }
  add_gpus(out);
  add_disks(out);
  add_ports(out, port_claims(program, lab));
  return out;
}

std::vector<HostPort> ports_of_pods(const View& service) {
  std::vector<HostPort> out;
  const std::vector<AskedPort> asked = asked_ports(service);
  // Of one pod on one machine the port is claimed there.
  if (asked.empty() || (!is_free_to_move(service) && service.number("replicas", 1) == 1))
    return out;
  for (const AskedPort& one : asked) out.push_back(one.port);
  return out;
}

ClusterProblem without_node(const ClusterProblem& whole, std::size_t node) {
  ClusterProblem out = whole;
  const auto gone = static_cast<std::ptrdiff_t>(node);
  out.nodes.erase(out.nodes.begin() + gone);
  out.problem.machines.erase(out.problem.machines.begin() + gone);
  out.problem.pods.clear();
  out.services.clear();
  for (std::size_t i = 0; i < whole.services.size(); ++i) {
    Pods pods = whole.problem.pods[i];
    if (!pods.tolerates.empty()) pods.tolerates.erase(pods.tolerates.begin() + gone);
    if (!pods.bound_to.empty()) {
      pods.bound_to.erase(pods.bound_to.begin() + gone);
      if (std::find(pods.bound_to.begin(), pods.bound_to.end(), true) == pods.bound_to.end())
        continue;
    }
    out.services.push_back(whole.services[i]);
    out.problem.pods.push_back(std::move(pods));
  }
  return out;
}

}  // namespace hlab::placement
