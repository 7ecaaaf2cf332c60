#include "emit/argocd/waves.h"

#include <algorithm>

namespace hlab::emit::argocd {
namespace {

constexpr std::int64_t kStep = 10;

}  // namespace

/// Machines and networks are there before any wave: only services count.
Waves::Waves(const EmitInput& input) {
  const graph::LabGraph& graph = input.graph;
  for (const program::InstanceId id : graph.in_start_order()) {
    std::int64_t depth = 0;
    for (const graph::Edge* edge : graph.needs_of(id)) {
      if (edge->mode != graph::EdgeMode::start) continue;
      const bool service = model::View(input.program, input.lab, edge->to).is("workload");
      depth = std::max(depth, depth_[edge->to] + (service ? 1 : 0));
    }
    depth_[id] = depth;
  }
}

std::int64_t Waves::of(const model::View& service) const {
  const auto found = depth_.find(service.top().id());
  return found == depth_.end() ? 0 : kStep * found->second;
}

}  // namespace hlab::emit::argocd
