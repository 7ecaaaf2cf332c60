// Who gives names to the machines of a cluster.
#pragma once

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

/// A cluster starts after the services on machines that are the only ones its own machines ask for names. Those that
/// start after the cluster themselves are left to a rule. Comes after all other edges of start.
void add_resolver_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph);

}  // namespace hlab::graph
