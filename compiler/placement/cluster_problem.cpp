#include "compiler/placement/cluster_problem.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "compiler/placement/cluster_amounts.h"
#include "compiler/placement/survival.h"
#include "compiler/placement/taint.h"

namespace hlab::placement {

using model::View;

namespace {

constexpr std::int64_t kCpuOfCore = 1000;

Machine machine_of(const View& node) {
  const View hardware = node.ref("hardware");
  const View reserve = node.ref("reserve");
  return {{hardware.number("memory") - reserve.number("memory"),
           hardware.number("cpu") * kCpuOfCore - reserve.number("cpu")}};
}

/// Which machine of the problem a node is, and whose taints are borne: asked for every service.
class Machines {
 public:
  explicit Machines(const std::vector<View>& nodes) : nodes_(nodes) {
    for (std::uint32_t m = 0; m < nodes.size(); ++m) {
      number_.emplace(nodes[m].id().index, m);
      if (!nodes[m].texts("taints").empty()) tainted_.push_back(m);
    }
  }

  /// Empty where the service may be anywhere.
  [[nodiscard]] MachineSet bound_to(const View& service) const {
    const values::Value& on = service.value("on");
    if (!on.is(values::ValueKind::list) || on.list->items.empty()) return {};
    MachineSet out(nodes_.size(), false);
    for (const values::Value& item : on.list->items) {
      if (!item.is(values::ValueKind::instance)) continue;
      const auto found = number_.find(item.as_instance().index);
      if (found != number_.end()) out.set(found->second, true);
    }
    return out;
  }

  /// Empty where no taint keeps the service away.
  [[nodiscard]] MachineSet tolerates(const View& service) {
    if (tainted_.empty()) return {};
    const auto [known, fresh] = borne_.try_emplace(service.texts("tolerates"));
    if (!fresh) return known->second;
    MachineSet borne(nodes_.size(), true);
    for (const std::uint32_t m : tainted_) borne.set(m, unborne_taints(service, nodes_[m]).empty());
    if (borne.count() < nodes_.size()) known->second = std::move(borne);
    return known->second;
  }

 private:
  const std::vector<View>& nodes_;
  std::unordered_map<std::uint32_t, std::uint32_t> number_;  // by instance
  std::vector<std::uint32_t> tainted_;
  std::map<std::vector<std::string>, MachineSet> borne_;  // by what is tolerated
};

Pods pods_of(const View& service, Machines& machines) {
  const View resources = service.ref("resources");
  Pods pods;
  pods.count = static_cast<std::uint32_t>(service.number("replicas", 1));
  pods.apart = service.flag("apart");
  pods.needs = {resources.number("memory"), resources.number("cpu")};
  pods.bound_to = machines.bound_to(service);
  pods.tolerates = machines.tolerates(service);
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
  for (const View& node : out.nodes) out.problem.machines.push_back(machine_of(node));
  Machines machines(out.nodes);
  for (const View& service : model::all(program, lab, "container")) {
    if (!(service.ref("cluster") == cluster) || service.flag("extern")) continue;
    out.services.push_back(service);
    out.problem.pods.push_back(pods_of(service, machines));
  }
  add_gpus(out);
  add_disks(out);
  add_ports(out, port_claims(program, lab));
  return out;
}

bool can_have(const ClusterProblem& where, const View& node, std::size_t pods) {
  const auto at = std::find(where.nodes.begin(), where.nodes.end(), node);
  if (at == where.nodes.end()) return true;
  const auto machine = static_cast<std::uint32_t>(at - where.nodes.begin());
  const Pods& asked = where.problem.pods[pods];
  const Amounts& has = where.problem.machines[machine].has;
  for (std::size_t a = 0; a < has.size(); ++a) {
    if (asked.needs[a] > has[a]) return false;
  }
  return (asked.bound_to.empty() || asked.bound_to[machine]) &&
         (asked.tolerates.empty() || asked.tolerates[machine]);
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
  const auto machine = static_cast<std::uint32_t>(node);
  ClusterProblem out;
  out.cluster = whole.cluster;
  out.nodes = whole.nodes;
  out.nodes.erase(out.nodes.begin() + machine);
  out.taken = whole.taken;
  out.complete = whole.complete;
  out.problem = without_machine(whole.problem, machine);
  for (std::size_t i = 0; i < whole.services.size(); ++i) {
    if (!is_bound_to(whole.problem.pods[i], machine)) out.services.push_back(whole.services[i]);
  }
  return out;
}

}  // namespace hlab::placement
