// Whether everything finds a place, and what stands in the way where it does not.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "compiler/placement/loss.h"
#include "compiler/placement/machine_loss.h"
#include "compiler/rules/resources/conflict_text.h"
#include "compiler/rules/resources/resource_rules.h"

namespace hlab::rules {

using model::View;
using placement::Answer;
using placement::ClusterProblem;
using placement::Conflict;

namespace {

/// Conflicts that have nothing to do with each other are all told, up to this many.
constexpr int kMostConflicts = 5;

void report_conflict(const ClusterProblem& where, const Conflict& conflict,
                     diag::Diagnostics& diags) {
  const diag::Label first = told(where, conflict.members.front());
  diag::Report report = diags.report(kNoPlacement, first.span, nobody_finds(where, conflict),
                                     where.cluster.name());
  report.here(first.message);
  tell_members(report, where, conflict);
  report.help(help_of(where, conflict));
}

using Services = std::vector<View>;

bool holds(const std::vector<View>& views, const View& wanted) {
  return std::find(views.begin(), views.end(), wanted) != views.end();
}

/// The question without some of its services.
ClusterProblem without(const ClusterProblem& where, const Services& gone) {
  ClusterProblem out = where;
  out.services.clear();
  out.problem.pods.clear();
  for (std::size_t i = 0; i < where.services.size(); ++i) {
    if (holds(gone, where.services[i])) continue;
    out.services.push_back(where.services[i]);
    out.problem.pods.push_back(where.problem.pods[i]);
  }
  return out;
}

Services services_of(const ClusterProblem& where, const Conflict& conflict) {
  Services out;
  for (const std::size_t pods : pods_in(conflict)) out.push_back(where.services[pods]);
  return out;
}

Answer answer_of(const ClusterProblem& where) { return placement::place(where.problem).answer; }

/// Conflicts that share no service, and whether the search gave up beside them.
struct Conflicts {
  std::vector<Services> of;
  bool undecided = false;
};

Conflicts conflicts_in(const ClusterProblem& whole) {
  Conflicts out;
  ClusterProblem less;
  const ClusterProblem* rest = &whole;
  for (int i = 0; i < kMostConflicts; ++i) {
    const Answer answer = answer_of(*rest);
    out.undecided = answer == Answer::undecided || (answer == Answer::placed && !whole.complete);
    if (answer != Answer::impossible) break;
    out.of.push_back(services_of(*rest, placement::conflict_of(rest->problem)));
    less = without(*rest, out.of.back());
    rest = &less;
  }
  return out;
}

/// Each is told as if the other conflicts were mended, or nothing would mend it.
void check_cluster(const RuleInput& input, const View& cluster, diag::Diagnostics& diags) {
  ClusterProblem whole = placement::cluster_problem(input.program, input.lab, cluster);
  if (whole.nodes.empty()) return;
  const Conflicts conflicts = conflicts_in(whole);
  if (!conflicts.of.empty()) add_builds(input, whole);
  for (std::size_t i = 0; i < conflicts.of.size(); ++i) {
    Services others;
    for (std::size_t k = 0; k < conflicts.of.size(); ++k) {
      if (k != i) others.insert(others.end(), conflicts.of[k].begin(), conflicts.of[k].end());
    }
    const ClusterProblem own = without(whole, others);
    report_conflict(own, placement::conflict_of(own.problem), diags);
  }
  if (conflicts.undecided) diags.report(kPlacementUndecided, cluster.declared_at(), cluster.name());
}

/// Who asks for it while it runs, or to start: without such a service something else is missing.
bool is_needed(const RuleInput& input, const View& service) {
  if (service.flag("answers-names") || !service.entries("expose").empty()) return true;
  return std::any_of(input.graph.edges.begin(), input.graph.edges.end(), [&](const auto& edge) {
    return edge.to == service.id() && edge.mode != syntax::EdgeMode::value;
  });
}

/// Data that lies on it, and what runs on the machine itself.
void check_machine_loss(const RuleInput& input, const View& gone, const placement::Loss& loss,
                        const placement::MachineLoss& machine, Span at, diag::Diagnostics& diags) {
  for (const placement::LostVolume& lost : machine.volumes) {
    if (holds(loss.lost, lost.volume.top())) continue;  // told with its service
    diags
        .report(kLossNotBorne, at, gone.name(),
                fmt::format("the data of `{}` is gone: {}", lost.volume.path(), lost.why))
        .label(lost.volume.declared_at(), "lost with it is what lies on it");
  }
  for (const View& service : machine.services) {
    if (!is_needed(input, service)) continue;
    diags
        .report(kLossNotBorne, at, gone.name(),
                fmt::format("`{}` is gone, which others need: it runs on no other machine",
                            service.name()))
        .label(service.set_at("on"), "it runs here alone");
  }
}

void check_volumes_of_one_node(const View& cluster, const placement::MachineLosses& machines,
                               diag::Diagnostics& diags) {
  for (const View& volume : machines.of_any(cluster)) {
    diags.report(kVolumeOnOneNode, cluster.set_at("bears-loss"), volume.path())
        .label(volume.declared_at(), "it lies on one node, whichever that is");
  }
}

void check_loss_of(const RuleInput& input, const ClusterProblem& whole,
                   const placement::Losses& losses, const placement::MachineLosses& machines,
                   std::size_t node, diag::Diagnostics& diags) {
  const View& gone = whole.nodes[node];
  const Span at = whole.cluster.set_at("bears-loss");
  if (whole.nodes.size() == 1) {
    diags.report(kLossNotBorne, at, gone.name(), "there is no node");
    return;
  }
  const placement::Loss loss = losses.of(node);
  std::vector<std::string> bound;
  for (const View& service : loss.lost) bound.push_back(fmt::format("`{}`", service.name()));
  if (!bound.empty()) {
    diags.report(kLossNotBorne, at, gone.name(), listed(bound, "and") + " may run nowhere else")
        .label(gone.declared_at(), "lost with it is what is bound to it");
  }
  check_machine_loss(input, gone, loss, machines.of(gone), at, diags);
  if (loss.others != Answer::impossible) return;
  const ClusterProblem rest = placement::without_node(whole, node);
  const Conflict conflict = placement::conflict_of(rest.problem);
  diag::Report report = diags.report(kLossNotBorne, at, gone.name(), nobody_finds(rest, conflict));
  const diag::Label first = told(rest, conflict.members.front());
  report.label(first.span, first.message);
  tell_members(report, rest, conflict);
}

}  // namespace

void check_placement(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& cluster : input.all("cluster")) check_cluster(input, cluster, diags);
}

void check_loss(const RuleInput& input, diag::Diagnostics& diags) {
  std::optional<placement::MachineLosses> machines;
  for (const View& cluster : input.all("cluster")) {
    if (!cluster.flag("bears-loss")) continue;
    if (!machines) machines.emplace(input.program, input.lab);
    const ClusterProblem whole = placement::cluster_problem(input.program, input.lab, cluster);
    const placement::Placement placed = placement::place(whole.problem);
    if (placed.answer != Answer::placed) continue;
    const placement::Losses losses(whole, placed);
    for (std::size_t node = 0; node < whole.nodes.size(); ++node)
      check_loss_of(input, whole, losses, *machines, node, diags);
    if (whole.nodes.size() > 1) check_volumes_of_one_node(cluster, *machines, diags);
  }
}

}  // namespace hlab::rules
