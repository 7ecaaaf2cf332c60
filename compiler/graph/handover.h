// Where a person's work ends and a GitOps engine's begins: what must stand before, and what it brings.
#pragma once

#include <vector>

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

/// One repository and the cluster that takes its services from it.
struct Handover {
  model::View gitops;
  model::View cluster;
  model::View engine;               // none where the engine is no service of the lab
  std::vector<model::View> before;  // services that it cannot do without, what is needed first

  /// Whether this engine is what starts the service on an empty cluster.
  [[nodiscard]] bool brings(const model::View& service) const;
  /// The engine itself, or one of those before it.
  [[nodiscard]] bool is_first(const model::View& service) const;
};

/// The cluster that a `gitops` serves: that of its engine, or its own.
[[nodiscard]] model::View cluster_of(const model::View& gitops);

/// In the order in which they can be done; by name where nothing decides.
[[nodiscard]] std::vector<Handover> handovers(const program::Program& program,
                                              const program::Lab& lab, const LabGraph& graph);

/// Whether an edge holds back what a person starts by hand: nobody has to reach it yet.
[[nodiscard]] bool holds_back(const Edge& edge);

/// Machines, clusters, engines and services in stages: those of one stage may start at once, and stop
/// in the reverse order. What an engine brings comes after it.
[[nodiscard]] std::vector<std::vector<InstanceId>> boot_stages(const program::Program& program,
                                                               const program::Lab& lab,
                                                               const LabGraph& graph);

}  // namespace hlab::graph
