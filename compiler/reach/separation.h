// Words about a path: its steps, and what lies between two ends that no path joins.
#pragma once

#include <string>
#include <vector>

#include "compiler/reach/paths.h"

namespace hlab::reach {

/// Where the step is made, in the lab: what the library says is shown at the declaration that it is part of.
[[nodiscard]] Span step_at(const program::Program& program, const program::Lab& lab,
                           const ReachGraph& graph, const Step& step);

/// How far the beginnings get, and from where the end is reached.
struct Separation {
  std::vector<std::string> gets_to;
  std::vector<std::string> reached_from;
  /// What the lab does not say and may decide: routers between networks that both have a gateway.
  std::string unsaid;
};
[[nodiscard]] Separation separation(const program::Program& program, const program::Lab& lab,
                                    const ReachGraph& graph, const std::vector<std::uint32_t>& from,
                                    std::uint32_t to);

/// What would take a step of the path away; "" where it is not plain.
[[nodiscard]] std::string mend_of(const program::Program& program, const program::Lab& lab,
                                  const ReachGraph& graph, const Path& path);

}  // namespace hlab::reach
