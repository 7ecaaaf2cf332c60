#include "compiler/graph/handover.h"

#include <algorithm>
#include <map>
#include <set>

namespace hlab::graph {
namespace {

using model::View;

/// Services of the same cluster that the engine starts after, be it one of the lab or not. What is fetched
/// counts as nothing here: a cluster cannot fetch from itself before it stands.
std::vector<View> services_before(const View& engine, const View& cluster, const LabGraph& graph) {
  std::set<InstanceId> seen;
  std::vector<InstanceId> open;
  for (const View& first : {engine, cluster.ref("cni")}) {
    if (first && seen.insert(first.id()).second) open.push_back(first.id());
  }
  while (!open.empty()) {
    const InstanceId at = open.back();
    open.pop_back();
    for (const Edge* edge : graph.needs_of(at)) {
      if (!holds_back(*edge) || edge->cause == EdgeCause::fetch) continue;
      if (seen.insert(edge->to).second) open.push_back(edge->to);
    }
  }
  std::vector<View> out;
  for (const InstanceId id : graph.in_start_order()) {
    const View view(cluster.program(), cluster.lab(), id);
    if (!seen.contains(id) || view == engine || !view.is("workload") || view.flag("extern"))
      continue;
    if (view.ref("cluster") == cluster) out.push_back(view);
  }
  return out;
}

/// By handover, those that must be done before it.
std::vector<std::set<std::size_t>> handovers_before(const std::vector<Handover>& all,
                                                    const LabGraph& graph) {
  std::vector<std::set<std::size_t>> out(all.size());
  if (all.size() < 2) return out;
  const View& any = all.front().gitops;
  std::map<InstanceId, std::set<std::size_t>> below;
  for (const InstanceId id : graph.in_start_order()) {
    const View view(any.program(), any.lab(), id);
    const bool first = std::any_of(all.begin(), all.end(),
                                   [&](const Handover& one) { return one.is_first(view); });
    std::set<std::size_t> reached;
    for (const Edge* edge : graph.needs_of(id)) {
      if (first ? !holds_back(*edge) : edge->mode != EdgeMode::start) continue;
      reached.insert(below[edge->to].begin(), below[edge->to].end());
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool own = all[i].gitops == view || all[i].is_first(view) || all[i].brings(view);
      if (!own) continue;
      out[i].insert(reached.begin(), reached.end());
      out[i].erase(i);
      reached.insert(i);
    }
    below[id] = std::move(reached);
  }
  return out;
}

std::vector<Handover> in_order(std::vector<Handover> all, const LabGraph& graph) {
  const auto before = handovers_before(all, graph);
  std::vector<std::size_t> order;
  const auto done = [&](std::size_t i) {
    return std::find(order.begin(), order.end(), i) != order.end();
  };
  while (order.size() < all.size()) {
    std::size_t next = all.size();
    for (std::size_t i = all.size(); i-- > 0;) {
      if (done(i)) continue;
      const bool free = std::all_of(before[i].begin(), before[i].end(), done);
      if (free || next == all.size() ||
          !std::all_of(before[next].begin(), before[next].end(), done)) {
        next = i;
      }
    }
    order.push_back(next);
  }
  std::vector<Handover> out;
  for (const std::size_t i : order) out.push_back(std::move(all[i]));
  return out;
}

}  // namespace

View cluster_of(const View& gitops) {
  const View engine = gitops.ref("engine");
  return engine ? engine.ref("cluster") : gitops.ref("cluster");
}

bool holds_back(const Edge& edge) {
  return edge.mode == EdgeMode::start && edge.cause != EdgeCause::exposure;
}

bool Handover::is_first(const View& service) const {
  return service == engine || std::find(before.begin(), before.end(), service) != before.end();
}

bool Handover::brings(const View& service) const {
  return service.is("workload") && !service.flag("extern") && service.ref("cluster") == cluster &&
         !is_first(service);
}

std::vector<Handover> handovers(const program::Program& program, const program::Lab& lab,
                                const LabGraph& graph) {
  std::vector<Handover> out;
  std::vector<View> all = model::all(program, lab, "gitops");
  std::sort(all.begin(), all.end(),
            [](const View& a, const View& b) { return a.path() < b.path(); });
  for (const View& gitops : all) {
    const View cluster = cluster_of(gitops);
    if (!cluster || gitops.flag("extern")) continue;
    Handover one{gitops, cluster, gitops.ref("engine"), {}};
    one.before = services_before(one.engine, cluster, graph);
    out.push_back(std::move(one));
  }
  return in_order(std::move(out), graph);
}

}  // namespace hlab::graph
