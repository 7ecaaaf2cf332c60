// Why there is no place: a set of constraints that cannot hold together, of which none can be left out,
// and what would mend it.
#pragma once

#include <optional>

#include "compiler/placement/search.h"

namespace hlab::placement {

struct Conflict {
  std::vector<Constraint> members;  // in the order of the problem
  /// Whether each member was shown to be needed: without it, everything has a place.
  bool irreducible = true;
};

/// Of a problem that `place` found impossible.
[[nodiscard]] Conflict conflict_of(const Problem& problem);

/// The first amount that the pods ask for under that constraint.
[[nodiscard]] std::optional<std::size_t> asked_amount(const Problem& problem,
                                                      const Constraint& constraint);

/// One change after which everything has a place.
struct Mend {
  Constraint constraint;  // left out ...
  std::optional<std::int64_t>
      at_most;  // ... or, an amount: what each pod may ask for instead, ports: how many pods
};

/// The members of the conflict that suffice alone, the mildest first; at most `most`.
[[nodiscard]] std::vector<Mend> mends_of(const Problem& problem, const Conflict& conflict,
                                         std::size_t most);

}  // namespace hlab::placement
