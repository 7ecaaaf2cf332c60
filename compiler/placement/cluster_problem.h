// The question of placement for one cluster of a lab.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/view.h"
#include "compiler/placement/problem.h"

namespace hlab::placement {

/// The amounts of every problem, in this order.
inline constexpr std::uint32_t kMemory = kAmount;
inline constexpr std::uint32_t kCpu = kAmount + 1;

struct ClusterProblem {
  model::View cluster;
  std::vector<model::View> nodes;     // by machine of the problem
  std::vector<model::View> services;  // by pods of the problem
  Problem problem;
};

/// What its containers always need, against what its nodes have less their reserve. Charts and manifests
/// do not say what they need, so they count as nothing.
[[nodiscard]] ClusterProblem cluster_problem(const program::Program& program,
                                             const program::Lab& lab, const model::View& cluster);

/// The same without one of its nodes. What is bound to that node alone goes with it.
[[nodiscard]] ClusterProblem without_node(const ClusterProblem& whole, std::size_t node);

/// The taints of the node that keep the service away, as the lab writes them.
[[nodiscard]] std::vector<std::string> unborne_taints(const model::View& service,
                                                      const model::View& node);

}  // namespace hlab::placement
