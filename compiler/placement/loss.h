// What the loss of one node takes along.
#pragma once

#include "compiler/placement/cluster_problem.h"
#include "compiler/placement/search.h"

namespace hlab::placement {

struct Loss {
  std::vector<model::View> lost;   // services bound to that node alone
  ClusterProblem rest;             // what is left: the other nodes and the other services
  Answer others = Answer::placed;  // whether these find a place there
};

[[nodiscard]] Loss loss_of(const ClusterProblem& whole, std::size_t node);

}  // namespace hlab::placement
