// What the loss of one node takes along.
#pragma once

#include "compiler/placement/cluster_problem.h"
#include "compiler/placement/survival.h"

namespace hlab::placement {

struct Loss {
  std::vector<model::View> lost;   // services bound to that node alone
  Answer others = Answer::placed;  // whether the others find a place on the other nodes
};

class Losses {
 public:
  /// Of a placement of the whole, as `place` gave it; both have to stay.
  Losses(const ClusterProblem& whole, const Placement& placement);

  [[nodiscard]] Loss of(std::size_t node) const;

 private:
  std::vector<std::vector<model::View>> bound_;  // by node, to it alone
  Survival survival_;
};

}  // namespace hlab::placement
