#include "compiler/placement/loss.h"

namespace hlab::placement {

Losses::Losses(const ClusterProblem& whole, const Placement& placement)
    : bound_(whole.nodes.size()), survival_(whole.problem, placement) {
  for (std::size_t i = 0; i < whole.services.size(); ++i) {
    const MachineSet& to = whole.problem.pods[i].bound_to;
    if (to.empty() || to.count() != 1) continue;
    to.each([&](std::uint32_t machine) {
      bound_[machine].push_back(whole.services[i]);
      return true;
    });
  }
}

Loss Losses::of(std::size_t node) const {
  return {bound_[node], survival_.without(static_cast<std::uint32_t>(node))};
}

}  // namespace hlab::placement
