// Clusters in networks whose interfaces a service of machines makes: a tunnel, a tagged interface.
#pragma once

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

/// K3s starts once its machines have the address by which it talks, and the way between them stands.
void add_network_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph);

}  // namespace hlab::graph
