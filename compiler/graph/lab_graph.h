// One dependency graph over all layers. Takes the evaluated lab; every edge knows its place, its reason
// and its mode. Boost.Graph stays in the .cpp files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/model/view.h"
#include "compiler/syntax/ast.h"

namespace hlab::graph {

using program::InstanceId;
using syntax::EdgeMode;

struct Edge {
  InstanceId from;  // needs
  InstanceId to;    // what it needs
  EdgeMode mode = EdgeMode::start;
  Span at;             // what made the edge
  std::string reason;  // "`database`", "volume `data`"
};

/// Nodes are the declarations at the top of the lab; what nests in one counts as it.
struct LabGraph {
  std::vector<InstanceId> nodes;  // in the order of the source
  std::vector<Edge> edges;        // sorted by (from, to, mode), one of a kind each
  /// Longest chain of `start` edges below each node, by position in `nodes`: 0 starts first.
  std::vector<std::uint32_t> depth;

  [[nodiscard]] std::uint32_t depth_of(InstanceId id) const;
  /// Edges that leave `id`.
  [[nodiscard]] std::vector<const Edge*> needs_of(InstanceId id) const;
};

/// Links; reports cycles of `start` edges as paths, each edge with its place.
LabGraph link(const program::Program& program, const program::Lab& lab, diag::Diagnostics& diags);

}  // namespace hlab::graph
