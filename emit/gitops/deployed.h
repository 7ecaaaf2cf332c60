// What an engine brings to its cluster, as every engine has to know it.
#pragma once

#include <string>
#include <vector>

#include "emit/core/emitter.h"
#include "emit/core/layout.h"

namespace hlab::emit::gitops {

struct Deployed {
  model::View service;
  std::string name;
  std::string nspace;
  std::string project;       // the layer
  std::string manifests;     // folder, "" without any
  std::string objects;       // folder of what follows its chart, "" without any
  std::string values;        // path of the chart's values, "" without a chart
  std::string pod_security;  // of its namespace
};

/// The services of a cluster, or of every cluster where there is none, that the tree holds something
/// for; what lies beside a service counts as it.
[[nodiscard]] std::vector<Deployed> deployed_in(const EmitInput& input, const FileTree& tree,
                                                const model::View& cluster);

/// By service, those of them that must run before it: the nearest ones.
[[nodiscard]] std::vector<std::vector<const Deployed*>> needs_of(
    const EmitInput& input, const std::vector<Deployed>& services);

}  // namespace hlab::emit::gitops
