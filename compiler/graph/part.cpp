#include "compiler/graph/part.h"

#include <algorithm>

namespace hlab::graph {
namespace {

/// By position in `graph.nodes`.
using Marks = std::vector<bool>;

std::size_t position(const LabGraph& graph, InstanceId id) {
  return static_cast<std::size_t>(std::lower_bound(graph.nodes.begin(), graph.nodes.end(), id) -
                                  graph.nodes.begin());
}

struct Neighbour {
  std::size_t at = 0;
  bool far = true;  // whether the way goes on from there
};

using Neighbours = std::vector<std::vector<Neighbour>>;

bool asked_for(const PartRequest& request, EdgeMode mode) {
  return request.modes.empty() ||
         std::find(request.modes.begin(), request.modes.end(), mode) != request.modes.end();
}

/// Forwards the way goes on everywhere; backwards only from what cannot start.
Neighbours neighbours(const LabGraph& graph, const PartRequest& request, bool backwards) {
  const bool misses = backwards && request.from.empty();
  Neighbours out(graph.nodes.size());
  for (const Edge& edge : graph.edges) {
    if (!asked_for(request, edge.mode)) continue;
    const std::size_t from = position(graph, edge.from);
    const std::size_t to = position(graph, edge.to);
    const bool far = !misses || edge.mode == EdgeMode::start;
    if (backwards)
      out[to].push_back({from, far});
    else
      out[from].push_back({to, far});
  }
  return out;
}

/// All that is reached from them, themselves too; everything where there are none.
Marks reached(const LabGraph& graph, const std::vector<InstanceId>& starts,
              const Neighbours& next) {
  if (starts.empty()) return Marks(graph.nodes.size(), true);
  Marks out(graph.nodes.size(), false);
  Marks gone_on(graph.nodes.size(), false);
  std::vector<Neighbour> open;
  for (const InstanceId start : starts) open.push_back({position(graph, start), true});
  while (!open.empty()) {
    const Neighbour here = open.back();
    open.pop_back();
    if (here.at >= out.size()) continue;
    out[here.at] = true;
    if (!here.far || gone_on[here.at]) continue;
    gone_on[here.at] = true;
    open.insert(open.end(), next[here.at].begin(), next[here.at].end());
  }
  return out;
}

}  // namespace

LabGraph part_of(const LabGraph& graph, const PartRequest& request) {
  const Marks below = reached(graph, request.from, neighbours(graph, request, false));
  const Marks above = reached(graph, request.to, neighbours(graph, request, true));
  Marks kept(graph.nodes.size(), false);
  LabGraph out;
  out.reasons = graph.reasons;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    kept[i] = below[i] && above[i] && (!request.keeps || request.keeps(graph.nodes[i]));
    if (!kept[i]) continue;
    out.nodes.push_back(graph.nodes[i]);
    out.depth.push_back(i < graph.depth.size() ? graph.depth[i] : 0);
    out.stage.push_back(i < graph.stage.size() ? graph.stage[i] : 0);
  }
  std::copy_if(graph.edges.begin(), graph.edges.end(), std::back_inserter(out.edges),
               [&](const Edge& edge) {
                 return asked_for(request, edge.mode) && kept[position(graph, edge.from)] &&
                        kept[position(graph, edge.to)];
               });
  return out;
}

}  // namespace hlab::graph
