// Who hosts what others are made of: images, charts, the repository of a GitOps engine.
#pragma once

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

/// Adds an edge to each service of the lab that something is fetched from, by the names and addresses of
/// its endpoints or its name in the cluster, and to the way there.
void add_fetch_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph);

/// The host in an address of any form: `https://HOST:443/path`, `git@HOST:path`, `oci://HOST/charts`.
[[nodiscard]] std::string host_of_url(std::string_view url);
/// The registry of an image, or "" where it does not say one.
[[nodiscard]] std::string host_of_image(std::string_view image);

}  // namespace hlab::graph
