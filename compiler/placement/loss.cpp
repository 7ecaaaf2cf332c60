#include "compiler/placement/loss.h"

namespace hlab::placement {

Loss loss_of(const ClusterProblem& whole, std::size_t node) {
  Loss out;
  out.rest = without_node(whole, node);
  std::size_t kept = 0;  // both lists are in one order
  for (const model::View& service : whole.services) {
    if (kept < out.rest.services.size() && out.rest.services[kept] == service) {
      ++kept;
    } else {
      out.lost.push_back(service);
    }
  }
  out.others = place(out.rest.problem).answer;
  return out;
}

}  // namespace hlab::placement
