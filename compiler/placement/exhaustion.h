// Quick proofs that what remains cannot be placed.
#pragma once

#include "compiler/placement/demand.h"

namespace hlab::placement {

/// Whether the demand would have its places if there were no other.
[[nodiscard]] bool fits_alone(const Demand& demand, const std::vector<Amounts>& free);

/// Whether demands from `first` on ask together for more than is free where they may go: all of them,
/// or those that may go nowhere but to the places of one of them.
[[nodiscard]] bool exhausted(const std::vector<Demand>& demands, std::size_t first,
                             const PlaceSets& sets, const std::vector<Amounts>& free);

}  // namespace hlab::placement
