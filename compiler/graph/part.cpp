#include "compiler/graph/part.h"

#include <algorithm>

namespace hlab::graph {
namespace {

/// By position in `graph.nodes`.
using Marks = std::vector<bool>;
using Neighbours = std::vector<std::vector<std::size_t>>;

std::size_t position(const LabGraph& graph, InstanceId id) {
  return static_cast<std::size_t>(std::lower_bound(graph.nodes.begin(), graph.nodes.end(), id) -
                                  graph.nodes.begin());
}

Neighbours neighbours(const LabGraph& graph, bool backwards) {
  Neighbours out(graph.nodes.size());
  for (const Edge& edge : graph.edges) {
    const std::size_t from = position(graph, edge.from);
    const std::size_t to = position(graph, edge.to);
    if (backwards)
      out[to].push_back(from);
    else
      out[from].push_back(to);
  }
  return out;
}

/// All that is reached from them, themselves too; everything where there are none.
Marks reached(const LabGraph& graph, const std::vector<InstanceId>& starts, bool backwards) {
  if (starts.empty()) return Marks(graph.nodes.size(), true);
  Marks out(graph.nodes.size(), false);
  const Neighbours next = neighbours(graph, backwards);
  std::vector<std::size_t> open;
  for (const InstanceId start : starts) open.push_back(position(graph, start));
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (at >= out.size() || out[at]) continue;
    out[at] = true;
    open.insert(open.end(), next[at].begin(), next[at].end());
  }
  return out;
}

}  // namespace

LabGraph part_of(const LabGraph& graph, const PartRequest& request) {
  const Marks below = reached(graph, request.from, false);
  const Marks above = reached(graph, request.to, true);
  Marks kept(graph.nodes.size(), false);
  LabGraph out;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    kept[i] = below[i] && above[i] && (!request.keeps || request.keeps(graph.nodes[i]));
    if (!kept[i]) continue;
    out.nodes.push_back(graph.nodes[i]);
    out.depth.push_back(i < graph.depth.size() ? graph.depth[i] : 0);
  }
  std::copy_if(graph.edges.begin(), graph.edges.end(), std::back_inserter(out.edges),
               [&](const Edge& edge) {
                 return kept[position(graph, edge.from)] && kept[position(graph, edge.to)];
               });
  return out;
}

}  // namespace hlab::graph
