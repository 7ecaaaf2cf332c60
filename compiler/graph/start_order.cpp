#include "compiler/graph/start_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "compiler/evaluate/circle_places.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/graph/graph_diags.h"
#include "compiler/graph/page_circles.h"

namespace hlab::graph {
namespace {

/// A shortest circle through `from` inside one component: edge by edge.
std::vector<const Edge*> circle(const LabGraph& graph, InstanceId from,
                                const std::unordered_map<std::uint32_t, std::size_t>& component) {
  std::unordered_map<std::uint32_t, const Edge*> reached_by;
  std::deque<InstanceId> queue{from};
  while (!queue.empty()) {
    const InstanceId at = queue.front();
    queue.pop_front();
    for (const Edge* edge : graph.needs_of(at)) {
      if (edge->mode != EdgeMode::start) continue;
      const auto there = component.find(edge->to.index);
      if (there == component.end() || there->second != component.at(from.index)) continue;
      if (edge->to == from) {
        std::vector<const Edge*> path{edge};
        for (InstanceId back = at; back != from;) {
          path.push_back(reached_by.at(back.index));
          back = path.back()->from;
        }
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (reached_by.emplace(edge->to.index, edge).second) queue.push_back(edge->to);
    }
  }
  return {};
}

void report(const std::vector<const Edge*>& path, const program::Program& program,
            const program::Lab& lab, diag::Diagnostics& diags) {
  if (path.empty()) return;
  std::vector<Span> places;
  for (const Edge* edge : path) places.push_back(edge->at);
  // Values that go round by the same reference are told as such.
  if (evaluate::tells_of(diags, evaluate::kValueCycle.info, places)) return;
  const auto name = [&](InstanceId id) { return program::instance_path(program, lab, id); };
  std::string names;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0) names += i + 1 == path.size() ? " and " : ", ";
    names += fmt::format("`{}`", name(path[i]->from));
  }
  if (path.size() == 1) names = fmt::format("`{}` and itself", name(path[0]->from));
  auto report = diags.report(kStartCycle, path.back()->at, names);
  const auto step = [&](const Edge& e) {
    return fmt::format("`{}` needs `{}`: {}", name(e.from), name(e.to), *e.reason);
  };
  for (std::size_t i = 0; i + 1 < path.size(); ++i) report.label(path[i]->at, step(*path[i]));
  report.here(step(*path.back()) + ", which closes the circle");
  const auto fetched = std::find_if(
      path.begin(), path.end(), [](const Edge* edge) { return edge->cause == EdgeCause::fetch; });
  if (fetched == path.end()) return;
  report.help(
      fmt::format("on an empty cluster `{}` has nothing to give yet: take what `{}` needs from "
                  "elsewhere",
                  name((*fetched)->to), name((*fetched)->from)));
}

/// The longest chains of `start` edges below each node; `order` has what is needed first.
void measure_chains(LabGraph& graph, const program::Program& program, const program::Lab& lab,
                    const std::vector<std::size_t>& position,
                    const std::vector<std::size_t>& component,
                    const std::vector<std::size_t>& order) {
  std::vector<std::size_t> first(graph.nodes.size() + 1, 0);  // by node: its edges are in a row
  for (const Edge& edge : graph.edges) ++first[position[edge.from.index] + 1];
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) first[i + 1] += first[i];
  const program::KindId service = program.core_kind("service");
  graph.depth.assign(graph.nodes.size(), 0);
  graph.stage.assign(graph.nodes.size(), 0);
  for (const std::size_t i : order) {
    for (std::size_t e = first[i]; e < first[i + 1]; ++e) {
      const Edge& edge = graph.edges[e];
      if (edge.mode != EdgeMode::start) continue;
      const std::size_t needed = position[edge.to.index];
      if (component[needed] == component[i]) continue;
      const bool counts = program.is_kind(lab.instances[edge.to].kind, service);
      graph.depth[i] = std::max(graph.depth[i], graph.depth[needed] + (counts ? 1u : 0u));
      graph.stage[i] = std::max(graph.stage[i], graph.stage[needed] + 1);
    }
  }
}

/// Each stage becomes a place of its own, by path where the chains leave it open: who stands first in the
/// source must not matter.
void name_order(LabGraph& graph, const program::Program& program, const program::Lab& lab) {
  std::vector<std::pair<std::pair<std::uint32_t, std::string>, std::size_t>> named;
  named.reserve(graph.nodes.size());
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    named.push_back({{graph.stage[i], program::instance_path(program, lab, graph.nodes[i])}, i});
  }
  std::sort(named.begin(), named.end());
  for (std::size_t place = 0; place < named.size(); ++place) {
    graph.stage[named[place].second] = static_cast<std::uint32_t>(place);
  }
}

}  // namespace

void order_starts(LabGraph& graph, const program::Program& program, const program::Lab& lab,
                  diag::Diagnostics& diags) {
  const std::vector<std::size_t> position = positions(graph, lab);
  const auto [component, count] = free_pages(graph, position);
  std::vector<bool> needs_itself(graph.nodes.size(), false);
  for (const Edge& edge : graph.edges) {
    if (edge.mode == EdgeMode::start && edge.from == edge.to)
      needs_itself[position[edge.from.index]] = true;
  }
  std::vector<std::size_t> size(count, 0);
  std::unordered_map<std::uint32_t, std::size_t> component_of;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    ++size[component[i]];
    component_of.emplace(graph.nodes[i].index, component[i]);
  }
  std::vector<bool> told(count, false);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const bool turns = size[component[i]] > 1 || needs_itself[i];
    if (!turns || told[component[i]]) continue;
    told[component[i]] = true;
    report(circle(graph, graph.nodes[i], component_of), program, lab, diags);
  }

  // Components come numbered with what is needed first, so one pass gives the longest chains.
  std::vector<std::size_t> order(graph.nodes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&groups = component](auto a, auto b) { return groups[a] < groups[b]; });
  measure_chains(graph, program, lab, position, component, order);
  name_order(graph, program, lab);
}

}  // namespace hlab::graph
