// What services of a cluster ask for beside memory and CPU: graphics processors, disks, ports.
#pragma once

#include "compiler/placement/cluster_problem.h"

namespace hlab::placement {

/// Each adds amounts to the problem, to every machine and to every pod of it.
void add_gpus(ClusterProblem& where);
void add_disks(ClusterProblem& where);
void add_ports(ClusterProblem& where, const std::vector<PortClaim>& claims);

}  // namespace hlab::placement
