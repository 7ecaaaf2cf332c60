// Ways through the graph.
#pragma once

#include <optional>
#include <vector>

#include "compiler/reach/reach_graph.h"

namespace hlab::reach {

/// Numbers of steps, from the beginning on. Empty: both ends are one place.
using Path = std::vector<std::uint32_t>;

/// The shortest one from any of `from`; of several as short, that of the declarations that come first.
[[nodiscard]] std::optional<Path> shortest(const ReachGraph& graph,
                                           const std::vector<std::uint32_t>& from,
                                           std::uint32_t to);

/// One for each last step that leads there, the shortest first: what has to be shut to shut it.
[[nodiscard]] std::vector<Path> ways(const ReachGraph& graph,
                                     const std::vector<std::uint32_t>& from, std::uint32_t to);

/// By place: whether any of `from` leads there.
[[nodiscard]] std::vector<bool> reached(const ReachGraph& graph,
                                        const std::vector<std::uint32_t>& from);
/// By place: whether it leads to `to`.
[[nodiscard]] std::vector<bool> reaching(const ReachGraph& graph, std::uint32_t to);

}  // namespace hlab::reach
