// Edges that no field names: the service that brings an object's API, the one that a chart, an image or
// a repository is fetched from, and what the objects beside a service need.
#pragma once

#include "compiler/graph/file_objects.h"

namespace hlab::graph {

/// Adds them to `graph.edges`, unsorted.
void add_derived_edges(const program::Program& program, const program::Lab& lab,
                       const std::vector<FileObject>& files, LabGraph& graph);

}  // namespace hlab::graph
