// Services of machines that stand between services of clusters, or before a cluster or its handover: machines are set
// up before the cluster's services, and those that need one of them after all of these.
#include <fmt/format.h>

#include <string>
#include <unordered_map>

#include "compiler/rules/order/order_rules.h"

namespace hlab::rules {
namespace {

using graph::Edge;
using graph::EdgeMode;
using model::View;
using program::InstanceId;

using Ways = std::unordered_map<std::uint32_t, const Edge*>;

/// By node, the edge over which a service of a cluster is needed in the end.
Ways ways_to_clusters(const RuleInput& input) {
  const program::KindId workload = input.program.core_kind("workload");
  Ways out;
  for (const InstanceId id : input.graph.in_start_order()) {
    for (const Edge* edge : input.graph.needs_of(id)) {
      if (edge->mode != EdgeMode::start) continue;
      const bool of_cluster = input.program.is_kind(input.lab.instances[edge->to].kind, workload) &&
                              !View(input.program, input.lab, edge->to).flag("extern");
      if (!of_cluster && !out.contains(edge->to.index)) continue;
      out.emplace(id.index, edge);
      break;
    }
  }
  return out;
}

/// What is there before the late services of machines are set up.
bool is_early(const View& view) {
  if (view.flag("extern")) return false;
  return view.is("workload") || view.is("gitops") || view.is("cluster");
}

/// The way out that fits.
std::string way_out(const View& from, const View& to) {
  const std::string alone = fmt::format("let `{}` run without what it needs there", to.name());
  if (from.is("gitops"))
    return alone + fmt::format(", or let `{}` read from a host outside of the lab", from.name());
  if (!from.is("workload")) return alone;
  return fmt::format("let `{}` run in the cluster as well, or without what it needs there",
                     to.name());
}

}  // namespace

void check_between(const RuleInput& input, diag::Diagnostics& diags) {
  if (diags.has_errors()) return;  // a circle is told as one
  if (input.all("host-service").empty()) return;
  const auto ways = ways_to_clusters(input);
  const auto view = [&](InstanceId id) { return View(input.program, input.lab, id); };
  for (const Edge& edge : input.graph.edges) {
    const View from = view(edge.from);
    const View to = view(edge.to);
    if (edge.mode != EdgeMode::start || !to.is("host-service") || !is_early(from)) continue;
    const auto way = ways.find(edge.to.index);
    if (way == ways.end() || to.flag("extern")) continue;
    auto report = diags.report(kBetween, edge.at, to.path(), from.path());
    report.here(fmt::format("`{}` needs `{}`: {}", from.path(), to.path(), *edge.reason));
    report.label(way->second->at, fmt::format("`{}` needs `{}`: {}", to.path(),
                                              view(way->second->to).path(), *way->second->reason));
    report.help(way_out(from, to));
  }
}

}  // namespace hlab::rules
