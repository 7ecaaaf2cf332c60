// Whether the volumes of a storage driver find room: each copy on another node, on the disks that nodes
// declare for the driver.
#pragma once

#include <vector>

#include "compiler/model/view.h"
#include "compiler/placement/problem.h"

namespace hlab::placement {

struct StorageProblem {
  model::View driver;
  std::vector<model::View> nodes;    // by machine of the problem: those that have a disk for it
  std::vector<model::View> volumes;  // by pods of the problem: a pod is a copy
  Problem problem;                   // of one amount, the bytes of disks
};

/// Of a driver whose volumes lie where the driver wants. Volumes that charts claim by themselves do not
/// count; a disk without a size holds anything.
[[nodiscard]] StorageProblem storage_problem(const program::Program& program,
                                             const program::Lab& lab, const model::View& driver);

}  // namespace hlab::placement
