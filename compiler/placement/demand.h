// What is left of the pods of a problem once the constraints that are not in force are taken away.
#pragma once

#include "compiler/placement/problem.h"

namespace hlab::placement {

struct Demand {
  std::uint32_t pods = 0;  // which of the problem
  std::uint32_t count = 1;
  Amounts needs;
  MachineSet allowed;
  std::uint32_t places = 0;  // how many are allowed
  std::uint32_t set = 0;     // the number of `allowed` among those that differ
  bool apart = false;
};

/// The sets of machines to which demands may go, each once, and which lies within which.
struct PlaceSets {
  std::vector<MachineSet> sets;
  std::vector<std::vector<std::uint32_t>> within;  // by set: those inside it, itself too
};

/// Numbers the sets of the demands.
[[nodiscard]] PlaceSets place_sets(std::vector<Demand>& demands);

/// Hardest first: fewest places, then the largest share of what the machines have.
[[nodiscard]] std::vector<Demand> demands_of(const Problem& problem, const Constraints& in_force);

/// Numbers machines so that those with one number take the same demands, whatever is left on them.
[[nodiscard]] std::vector<std::uint32_t> machine_classes(const Problem& problem,
                                                         const std::vector<Demand>& demands);

}  // namespace hlab::placement
