// One dependency graph over all layers. Takes the evaluated lab; every edge knows its place, its reason
// and its mode. Boost.Graph stays in the .cpp files.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/model/view.h"
#include "compiler/syntax/ast.h"

namespace hlab::graph {

using program::InstanceId;
using syntax::EdgeMode;

/// Why there is an edge, where the order of an empty cluster has to tell.
enum class EdgeCause : std::uint8_t {
  use,       // it names it
  fetch,     // what it is comes from there: image, chart, repository
  exposure,  // it is reached by it
};

struct Edge {
  InstanceId from;  // needs
  InstanceId to;    // what it needs
  EdgeMode mode = EdgeMode::start;
  EdgeCause cause = EdgeCause::use;
  Span at;                              // what made the edge
  const std::string* reason = nullptr;  // "`database`", "volume `data`"; of the graph
};

/// The texts of edges, each once: a big lab has hundreds of thousands of edges and few reasons.
class Reasons {
 public:
  const std::string* keep(const std::string& text) { return &*texts_.insert(text).first; }

 private:
  std::unordered_set<std::string> texts_;
};

/// Nodes are the declarations at the top of the lab, and the services, machines and the like that bundles hold; other
/// parts count as what they nest in.
struct LabGraph {
  std::vector<InstanceId> nodes;  // in the order of the source
  std::vector<Edge> edges;        // sorted by (from, to, mode), one of a kind each
  std::shared_ptr<Reasons> reasons =
      std::make_shared<Reasons>();  // a part shares those of the whole
  /// Services in the longest chain of `start` edges below each node, by position in `nodes`.
  std::vector<std::uint32_t> depth;
  /// The place of each node in the one order of everything that starts, by position in `nodes`: what is
  /// needed has a smaller one, and no two share one.
  std::vector<std::uint32_t> stage;

  [[nodiscard]] std::uint32_t depth_of(InstanceId id) const;
  /// All nodes, what is needed before what needs it.
  [[nodiscard]] std::vector<InstanceId> in_start_order() const;
  /// Edges that leave `id`.
  [[nodiscard]] std::vector<const Edge*> needs_of(InstanceId id) const;
};

/// Links; reports cycles of `start` edges as paths, each edge with its place.
LabGraph link(const program::Program& program, const program::Lab& lab, diag::Diagnostics& diags);

}  // namespace hlab::graph
