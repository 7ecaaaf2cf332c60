#include "compiler/graph/network_edges.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/graph/start_needs.h"

namespace hlab::graph {

namespace {

using model::View;

bool holds(const std::vector<View>& views, const View& wanted) {
  return std::find(views.begin(), views.end(), wanted) != views.end();
}

bool runs_on_any(const View& service, const std::vector<View>& nodes) {
  const std::vector<View> on = service.refs("on");
  return std::any_of(on.begin(), on.end(), [&](const View& node) { return holds(nodes, node); });
}

}  // namespace

void add_network_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph) {
  StartNeeds needs(graph);
  std::vector<Edge> more;
  for (const View& service : model::all(program, lab, "host-service")) {
    const std::vector<View> brought = service.refs("brings");
    if (brought.empty() || service.owner() || service.flag("extern")) continue;
    for (const View& cluster : model::all(program, lab, "k3s")) {
      const View network = cluster.ref("network");
      if (!network || !holds(brought, network)) continue;
      // A machine beside the cluster may carry packets between its nodes, or nothing of the sort.
      const bool of_its_own = runs_on_any(service, cluster.refs("nodes"));
      if (!of_its_own && needs.reach(service.id(), cluster.id())) continue;
      more.push_back({cluster.id(), service.id(), EdgeMode::start, EdgeCause::use,
                      cluster.set_at("network"),
                      graph.reasons->keep(fmt::format("it brings `{}`", network.name()))});
    }
  }
  graph.edges.insert(graph.edges.end(), more.begin(), more.end());
}

}  // namespace hlab::graph
