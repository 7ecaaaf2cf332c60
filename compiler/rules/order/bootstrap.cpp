// Circles across the line where a person's work ends and a GitOps engine's begins.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "compiler/evaluate/circle_places.h"
#include "compiler/graph/graph_diags.h"
#include "compiler/graph/handover.h"
#include "compiler/rules/order/order_rules.h"

namespace hlab::rules {
namespace {

using graph::Edge;
using graph::EdgeCause;
using graph::Handover;
using model::View;
using program::InstanceId;

const std::string kEngine = "`engine`";
const std::string kNetwork = "`cni` of its cluster";

class Search {
 public:
  Search(const RuleInput& input, const Handover& handover, diag::Diagnostics& diags)
      : input_(input), handover_(handover), diags_(diags) {}

  void run() {
    const InstanceId start = handover_.gitops.id();
    std::deque<InstanceId> open{start};
    reached_by_.emplace(start, Edge{});
    while (!open.empty()) {
      const InstanceId at = open.front();
      open.pop_front();
      for (const Edge& edge : needs(at)) {
        if (!reached_by_.emplace(edge.to, edge).second) continue;
        if (handover_.brings(view(edge.to))) {
          report(edge);
        } else {
          open.push_back(edge.to);
        }
      }
    }
  }

 private:
  [[nodiscard]] View view(InstanceId id) const { return {input_.program, input_.lab, id}; }

  [[nodiscard]] std::vector<Edge> needs(InstanceId id) const {
    std::vector<Edge> out;
    for (const Edge* edge : input_.graph.needs_of(id)) {
      // What a cluster itself is fetched from is a circle of starts, and told as one.
      const bool system = edge->cause == EdgeCause::fetch && view(id).is("cluster");
      if (graph::holds_back(*edge) && !system) out.push_back(*edge);
    }
    if (id == handover_.gitops.id() && handover_.engine) {
      out.push_back({id, handover_.engine.id(), graph::EdgeMode::start, EdgeCause::use,
                     handover_.gitops.set_at("engine"), &kEngine});
    }
    const View cni = handover_.cluster.ref("cni");
    if (id == handover_.gitops.id() && cni && !cni.flag("extern")) {
      out.push_back({id, cni.id(), graph::EdgeMode::start, EdgeCause::use,
                     handover_.cluster.set_at("cni"), &kNetwork});
    }
    // The host itself is a better reason than the way to it.
    std::stable_partition(out.begin(), out.end(), [&](const Edge& edge) {
      return edge.cause != EdgeCause::fetch || !view(edge.to).is("ingress-controller");
    });
    return out;
  }

  /// One place that fetches from two services (the host, and the way there) is one mistake.
  [[nodiscard]] bool is_told(const Edge& last) {
    return !told_.emplace(last.at.file.index, last.at.begin, last.from.index).second;
  }

  void report(const Edge& last) {
    if (is_told(last)) return;
    // A circle of starts that goes through this place is told as one, with the same mend.
    if (evaluate::tells_of(diags_, graph::kStartCycle.info, {last.at})) return;
    std::vector<Edge> path{last};
    while (path.back().from != handover_.gitops.id())
      path.push_back(reached_by_.at(path.back().from));
    std::reverse(path.begin(), path.end());
    const View waited = view(last.to);
    auto report = diags_.report(kBootstrapCircle, last.at, handover_.gitops.path(), waited.path());
    const auto step = [&](const Edge& e) {
      return fmt::format("`{}` needs `{}`: {}", view(e.from).path(), view(e.to).path(), *e.reason);
    };
    for (std::size_t i = 0; i + 1 < path.size(); ++i) report.label(path[i].at, step(path[i]));
    report.here(step(last));
    report.label(waited.declared_at(),
                 fmt::format("`{}` is brought by `{}`, which closes the circle", waited.path(),
                             handover_.gitops.path()));
    report.help(way_out(last, waited));
  }

  [[nodiscard]] std::string way_out(const Edge& last, const View& waited) const {
    if (last.from == handover_.gitops.id()) {
      return fmt::format(
          "let it read from a host outside the cluster, from which `{}` may copy; or run the server on "
          "a machine of its own",
          waited.name());
    }
    return fmt::format("let `{}` come from a registry outside the cluster", view(last.from).name());
  }

  const RuleInput& input_;
  const Handover& handover_;
  diag::Diagnostics& diags_;
  std::map<InstanceId, Edge> reached_by_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> told_;
};

}  // namespace

void check_bootstrap(const RuleInput& input, diag::Diagnostics& diags) {
  const auto all = graph::handovers(input.program, input.lab, input.graph);
  for (std::size_t i = 0; i < all.size(); ++i) {
    Search(input, all[i], diags).run();
    const auto other = std::find_if(
        all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const Handover& before) { return before.cluster == all[i].cluster; });
    if (other == all.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    diags
        .report(kTwoEngines, all[i].gitops.declared_at(), other->gitops.path(),
                all[i].gitops.path(), all[i].cluster.path())
        .label(other->gitops.declared_at(), "the first one");
  }
}

}  // namespace hlab::rules
