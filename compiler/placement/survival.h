// Whether pods find another place when a machine is lost. First only what stood on it is placed anew, beside all
// the others where they are; only where that fails is everything placed from the beginning.
#pragma once

#include "compiler/placement/room.h"
#include "compiler/placement/search.h"

namespace hlab::placement {

/// The same without one of its machines, and without the pods that may run nowhere else.
[[nodiscard]] Problem without_machine(const Problem& problem, std::uint32_t machine);

/// Whether the pods may run on that machine and on no other.
[[nodiscard]] bool is_bound_to(const Pods& pods, std::uint32_t machine);

class Survival {
 public:
  /// Of one placement of all pods; both have to stay.
  Survival(const Problem& problem, const Placement& placement);

  /// Whether those that are not bound to the machine have a place without it.
  [[nodiscard]] Answer without(std::uint32_t machine) const;

 private:
  [[nodiscard]] bool moves(std::uint32_t machine) const;

  const Problem& problem_;
  bool is_placed_ = false;
  std::vector<Demand> demands_;
  std::vector<Places> on_;                       // by demand
  std::vector<std::vector<std::size_t>> there_;  // by machine, the demands that have pods on it
  Room room_;                                    // what is left when all are placed
};

}  // namespace hlab::placement
