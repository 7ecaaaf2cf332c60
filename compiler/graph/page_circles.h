// A page does not have to be reached for its service to start: what stands on the way to it, and starts after that
// service, is no circle.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

/// By position in `graph.nodes`, the group of nodes that wait for each other; what is needed has the smaller number.
struct StartGroups {
  std::vector<std::size_t> of;
  std::size_t count = 0;
};

/// Where each instance stands in `graph.nodes`.
[[nodiscard]] std::vector<std::size_t> positions(const LabGraph& graph, const program::Lab& lab);

[[nodiscard]] StartGroups start_groups(const LabGraph& graph,
                                       const std::vector<std::size_t>& position);

/// Makes needs of pages that turn in a circle needs at run. Says what waits for each other after that.
[[nodiscard]] StartGroups free_pages(LabGraph& graph, const std::vector<std::size_t>& position);

}  // namespace hlab::graph
