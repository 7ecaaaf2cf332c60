// A part of the graph, for questions about it.
#pragma once

#include <functional>

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

struct PartRequest {
  /// Only what one of these needs, however far away; everything if empty.
  std::vector<InstanceId> from;
  /// Only what needs one of these; everything if empty. With `from`: what lies on paths between them.
  std::vector<InstanceId> to;
  /// Only these; everything without it.
  std::function<bool(InstanceId)> keeps;
};

/// Depths are those of the whole graph.
[[nodiscard]] LabGraph part_of(const LabGraph& graph, const PartRequest& request);

}  // namespace hlab::graph
