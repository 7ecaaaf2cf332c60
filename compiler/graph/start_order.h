// Cycles and depths of the `to start` edges (Boost.Graph).
#pragma once

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

/// Fills `graph.depth` and `graph.stage`; reports each circle once, as a path.
void order_starts(LabGraph& graph, const program::Program& program, const program::Lab& lab,
                  diag::Diagnostics& diags);

}  // namespace hlab::graph
