// A volume's class is there once whoever brings it runs.
#pragma once

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

void add_class_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph);

}  // namespace hlab::graph
