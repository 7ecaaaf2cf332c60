#include "compiler/graph/page_circles.h"

#include <algorithm>
#include <tuple>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

namespace hlab::graph {
namespace {

using Starts = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// Who leads to a page of somebody who waits for them.
std::vector<std::size_t> pages_in_groups(const LabGraph& graph,
                                         const std::vector<std::size_t>& position,
                                         const StartGroups& groups) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const Edge& edge = graph.edges[i];
    const bool page = edge.mode == EdgeMode::start && edge.cause == EdgeCause::exposure;
    if (page && groups.of[position[edge.from.index]] == groups.of[position[edge.to.index]])
      out.push_back(i);
  }
  return out;
}

/// Whether `from` starts only after `to`, whatever becomes of pages.
bool needs(const LabGraph& graph, InstanceId from, InstanceId to,
           const std::vector<std::size_t>& position) {
  std::vector<bool> seen(graph.nodes.size(), false);
  std::vector<InstanceId> open{from};
  while (!open.empty()) {
    const InstanceId at = open.back();
    open.pop_back();
    if (at == to) return true;
    for (const Edge* edge : graph.needs_of(at)) {
      if (edge->mode != EdgeMode::start || edge->cause == EdgeCause::exposure) continue;
      if (seen[position[edge->to.index]]) continue;
      seen[position[edge->to.index]] = true;
      open.push_back(edge->to);
    }
  }
  return false;
}

void sort_edges(LabGraph& graph) {
  const auto key = [](const Edge& e) {
    return std::tuple(e.from.index, e.to.index, static_cast<int>(e.mode));
  };
  std::stable_sort(graph.edges.begin(), graph.edges.end(),
                   [&](const Edge& a, const Edge& b) { return key(a) < key(b); });
  const auto same = [&](const Edge& a, const Edge& b) { return key(a) == key(b); };
  graph.edges.erase(std::unique(graph.edges.begin(), graph.edges.end(), same), graph.edges.end());
}

}  // namespace

std::vector<std::size_t> positions(const LabGraph& graph, const program::Lab& lab) {
  std::vector<std::size_t> out(lab.instances.size(), 0);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) out[graph.nodes[i].index] = i;
  return out;
}

StartGroups start_groups(const LabGraph& graph, const std::vector<std::size_t>& position) {
  std::vector<bool> waits(graph.nodes.size(), false);
  for (const Edge& edge : graph.edges) {
    if (edge.mode == EdgeMode::start) waits[position[edge.from.index]] = true;
  }
  Starts starts(graph.nodes.size());
  for (const Edge& edge : graph.edges) {
    // What waits for nothing is on no circle and at the bottom of every chain, and most edges lead there.
    if (edge.mode != EdgeMode::start || !waits[position[edge.to.index]]) continue;
    boost::add_edge(position[edge.from.index], position[edge.to.index], starts);
  }
  StartGroups out{std::vector<std::size_t>(graph.nodes.size()), 0};
  out.count = boost::strong_components(
      starts,
      boost::make_iterator_property_map(out.of.begin(), boost::get(boost::vertex_index, starts)));
  return out;
}

StartGroups free_pages(LabGraph& graph, const std::vector<std::size_t>& position) {
  StartGroups groups = start_groups(graph, position);
  std::vector<std::size_t> pages = pages_in_groups(graph, position, groups);
  if (pages.empty()) return groups;
  std::vector<std::size_t> never;  // whatever the other pages do
  for (const std::size_t page : pages) {
    if (needs(graph, graph.edges[page].to, graph.edges[page].from, position)) never.push_back(page);
  }
  for (const std::size_t page : never) graph.edges[page].mode = EdgeMode::run;
  groups = start_groups(graph, position);
  for (const std::size_t page : pages_in_groups(graph, position, groups))
    graph.edges[page].mode = EdgeMode::run;
  sort_edges(graph);
  return start_groups(graph, position);
}

}  // namespace hlab::graph
