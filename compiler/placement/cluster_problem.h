// The question of placement for one cluster of a lab.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/view.h"
#include "compiler/placement/disk_room.h"
#include "compiler/placement/port_claims.h"
#include "compiler/placement/problem.h"

namespace hlab::placement {

/// The constraints of amounts. A problem begins with memory and CPU; what else some service of the lab
/// asks for follows: graphics processors, disks that hold volumes of one node, ports of machines.
inline constexpr std::uint32_t kMemory = kAmount;
inline constexpr std::uint32_t kCpu = kAmount + 1;
inline constexpr std::uint32_t kGpu = kAmount + 2;
inline constexpr std::uint32_t kDisk = kAmount + 3;

struct ClusterProblem {
  model::View cluster;
  std::vector<model::View> nodes;     // by machine of the problem
  std::vector<model::View> services;  // by pods of the problem
  Problem problem;
  std::vector<PortClaim> taken;  // ports of its machines that pods ask for and something else has
  bool complete = true;          // whether every port that matters is in the problem
};

/// What its containers always need, against what its nodes have less their reserve. Charts and manifests
/// do not say what they need, so they count as nothing.
[[nodiscard]] ClusterProblem cluster_problem(const program::Program& program,
                                             const program::Lab& lab, const model::View& cluster);

/// The same without one of its nodes. What is bound to that node alone goes with it.
[[nodiscard]] ClusterProblem without_node(const ClusterProblem& whole, std::size_t node);

/// Whether the node, with nothing else on it, can have one pod of the service; true of what is no node of the cluster.
[[nodiscard]] bool can_have(const ClusterProblem& where, const model::View& node, std::size_t pods);

/// The taints of the node that keep the service away, as the lab writes them.
[[nodiscard]] std::vector<std::string> unborne_taints(const model::View& service,
                                                      const model::View& node);

/// Ports of the machine that pods of the container ask for, where the scheduler chooses the machine.
[[nodiscard]] std::vector<HostPort> ports_of_pods(const model::View& service);

}  // namespace hlab::placement
