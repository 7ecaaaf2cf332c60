// The graph as a picture that stands alone: what starts first on the left, what needs it to the right.
#pragma once

#include <string>

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

std::string to_svg(const LabGraph& graph, const program::Program& program, const program::Lab& lab);

}  // namespace hlab::graph
