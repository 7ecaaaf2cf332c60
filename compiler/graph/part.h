// A part of the graph, for questions about it.
#pragma once

#include <functional>

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

struct PartRequest {
  /// Only what one of these needs, however far away; everything if empty.
  std::vector<InstanceId> from;
  /// Only what would miss one of these: what cannot start without it, however far away, and what misses one of
  /// those while it runs, or a value of it. What merely runs on without that is still there for its own users.
  /// Everything if empty. With `from`: what lies on paths between them.
  std::vector<InstanceId> to;
  /// Only by edges of these modes; by all if empty.
  std::vector<EdgeMode> modes;
  /// Only these; everything without it.
  std::function<bool(InstanceId)> keeps;
};

/// Depths are those of the whole graph.
[[nodiscard]] LabGraph part_of(const LabGraph& graph, const PartRequest& request);

}  // namespace hlab::graph
