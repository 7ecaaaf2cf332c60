#include "emit/core/host_services.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/model/waiting.h"
#include "emit/core/machine.h"

namespace hlab::emit {
namespace {

using model::View;
using program::InstanceId;

class Stages {
 public:
  explicit Stages(const EmitInput& input) : input_(input) {}

  HostServices run() {
    for (const View& cluster : input_.all("k3s")) {
      find_first(cluster.id());
      // No node is ready without it.
      if (const View cni = cluster.ref("cni")) find_first(cni.id());
    }
    for (const InstanceId id : input_.graph.in_start_order()) visit(id);
    HostServices out;
    for (auto& [stage, services] : first_) out.first.push_back(sorted_by_name(std::move(services)));
    for (auto& [stage, services] : early_) out.early.push_back(sorted_by_name(std::move(services)));
    for (auto& [stage, services] : late_) out.late.push_back(sorted_by_name(std::move(services)));
    return out;
  }

 private:
  /// What is set up before something, as far as nothing of its own kind stands between.
  struct Below {
    std::set<InstanceId> services;
    bool cluster = false;  // a service of a cluster is among it
  };

  [[nodiscard]] View view(InstanceId id) const { return {input_.program, input_.lab, id}; }

  /// What a cluster waits for, and what that waits for.
  void find_first(InstanceId id) {
    for (const graph::Edge* edge : input_.graph.needs_of(id)) {
      if (edge->mode == graph::EdgeMode::start && waited_for_.insert(edge->to).second)
        find_first(edge->to);
    }
  }

  void visit(InstanceId id) {
    const View service = view(id);
    Below below;
    for (const graph::Edge* edge : input_.graph.needs_of(id)) {
      if (edge->mode != graph::EdgeMode::start) continue;
      const Below& there = below_[edge->to];
      below.cluster = below.cluster || there.cluster;
      if (view(edge->to).is("host-service")) {
        below.services.insert(edge->to);
      } else {
        below.services.insert(there.services.begin(), there.services.end());
      }
    }
    below.cluster = below.cluster || (service.is("workload") && !service.flag("extern"));
    if (service.is("host-service")) place(service, below);
    below_[id] = std::move(below);
  }

  /// On one and the same machine they are set up one after the other anyway.
  static bool share_machine(const View& a, const View& b) {
    const auto on = a.refs("on");
    return on.size() == 1 && on == b.refs("on");
  }

  void place(const View& service, const Below& below) {
    std::size_t stage = 0;
    for (const InstanceId id : below.services) {
      const std::size_t after = share_machine(service, view(id)) ? 0 : 1;
      stage = std::max(stage, stage_[id] + after);
    }
    stage_[service.id()] = stage;
    const auto machines = service.refs("on");
    const bool here = std::any_of(machines.begin(), machines.end(),
                                  [](const View& node) { return !runs_nixos(node); });
    if (!here || service.flag("extern") || model::is_held_back(service)) return;
    const bool first = waited_for_.contains(service.id());
    (below.cluster ? late_ : first ? first_ : early_)[stage].push_back(service);
  }

  const EmitInput& input_;
  std::map<InstanceId, Below> below_;
  std::map<InstanceId, std::size_t> stage_;
  std::set<InstanceId> waited_for_;
  std::map<std::size_t, std::vector<View>> first_;
  std::map<std::size_t, std::vector<View>> early_;
  std::map<std::size_t, std::vector<View>> late_;
};

}  // namespace

HostServices host_services(const EmitInput& input) { return Stages(input).run(); }

}  // namespace hlab::emit
