// The graph as text: for Graphviz, for Mermaid, and as JSON.
#pragma once

#include <string>

#include "compiler/graph/lab_graph.h"
#include "compiler/source/source_map.h"

namespace hlab::graph {

std::string to_dot(const LabGraph& graph, const program::Program& program, const program::Lab& lab);
std::string to_mermaid(const LabGraph& graph, const program::Program& program,
                       const program::Lab& lab);
std::string to_json(const LabGraph& graph, const program::Program& program, const program::Lab& lab,
                    const SourceMap& sources);

/// The order in which a lab starts and stops: by stages, of what starts on its own.
std::string order_text(const std::vector<std::vector<InstanceId>>& stages,
                       const program::Program& program, const program::Lab& lab);
std::string order_json(const std::vector<std::vector<InstanceId>>& stages,
                       const program::Program& program, const program::Lab& lab);

}  // namespace hlab::graph
