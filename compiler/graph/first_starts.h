// What a person starts by hand once the machines of an empty lab stand: services one by one, and whole
// clusters by handing them to their GitOps engine.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/graph/handover.h"

namespace hlab::graph {

struct FirstStart {
  /// A service, or the `gitops` that brings all other services of its cluster at once.
  model::View what;
  /// Whose it is, by position in `handovers`; `kNoHandover` for a service of a cluster without an engine.
  std::size_t handover = 0;
};

inline constexpr std::size_t kNoHandover = static_cast<std::size_t>(-1);

struct FirstStarts {
  std::vector<Handover> handovers;
  /// What is needed first comes first; where nothing is needed, by cluster and name.
  std::vector<FirstStart> order;
  /// Where there is no such order: needs that turn in a circle over what is handed over as a whole.
  std::vector<Edge> circle;
};

[[nodiscard]] FirstStarts first_starts(const program::Program& program, const program::Lab& lab,
                                       const LabGraph& graph);

}  // namespace hlab::graph
