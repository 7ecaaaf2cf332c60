// Who hosts what others are made of: images, charts, the repository of a GitOps engine.
#pragma once

#include "compiler/graph/file_objects.h"

namespace hlab::graph {

/// Adds an edge to each service of the lab that something is fetched from, by the names and addresses of
/// its endpoints, its name in the cluster or its port on a machine, and to the way there.
void add_fetch_edges(const program::Program& program, const program::Lab& lab,
                     const std::vector<FileObject>& files, LabGraph& graph);

}  // namespace hlab::graph
