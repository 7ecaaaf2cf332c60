// Whether everything finds a place, and what stands in the way where it does not.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/placement/cluster_problem.h"
#include "compiler/placement/conflict.h"
#include "compiler/placement/loss.h"
#include "compiler/rules/resources/resource_rules.h"
#include "compiler/values/scalar_text.h"

namespace hlab::rules {

using model::View;
using placement::Answer;
using placement::ClusterProblem;
using placement::Conflict;
using placement::Constraint;

namespace {

/// Conflicts that have nothing to do with each other are all told, up to this many.
constexpr int kMostConflicts = 5;
constexpr std::size_t kMostMends = 3;
constexpr std::size_t kMostNodes = 4;

std::string listed(const std::vector<std::string>& names, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? fmt::format(" {} ", last) : ", ";
    out += names[i];
  }
  return out;
}

std::vector<std::size_t> pods_in(const Conflict& conflict) {
  std::set<std::size_t> pods;
  for (const Constraint& member : conflict.members) pods.insert(member.pods);
  return {pods.begin(), pods.end()};
}

std::string amount_text(std::uint32_t bit, std::int64_t amount) {
  return bit == placement::kMemory ? values::bytes_text(amount) + " of memory"
                                   : values::cpu_text(amount) + " of CPU";
}

/// What one member of the conflict demands, and where the lab says so.
diag::Label told(const ClusterProblem& where, const Constraint& member) {
  const View& service = where.services[member.pods];
  const placement::Pods& pods = where.problem.pods[member.pods];
  const std::string times = pods.count > 1 ? fmt::format(", {} times", pods.count) : "";
  switch (member.bit) {
    case placement::kBound: {
      std::vector<std::string> names;
      for (const View& node : service.refs("on")) names.push_back(fmt::format("`{}`", node.name()));
      return {service.set_at("on"),
              fmt::format("`{}` may run on {} only", service.name(), listed(names, "or"))};
    }
    case placement::kTaint:
      return {service.declared_at(),
              fmt::format("`{}` does not bear the taints of {}", service.name(), [&] {
                std::vector<std::string> names;
                for (std::size_t m = 0; m < where.nodes.size(); ++m) {
                  if (!pods.tolerates[m])
                    names.push_back(fmt::format("`{}`", where.nodes[m].name()));
                }
                return listed(names, "and");
              }())};
    case placement::kApart:
      return {service.set_at("apart"),
              fmt::format("the {} pods of `{}` never share a node", pods.count, service.name())};
    default: {
      const View resources = service.ref("resources");
      const std::string_view field = member.bit == placement::kMemory ? "memory" : "cpu";
      const Span at = resources.set_at(field);
      return {
          at.valid() && at.file == service.declared_at().file ? at : service.declared_at(),
          fmt::format("`{}` always needs {}{}", service.name(),
                      amount_text(member.bit, pods.needs[member.bit - placement::kAmount]), times)};
    }
  }
}

std::string mend_text(const ClusterProblem& where, const placement::Mend& mend) {
  const View& service = where.services[mend.constraint.pods];
  switch (mend.constraint.bit) {
    case placement::kBound: return fmt::format("let `{}` run elsewhere too (`on`)", service.name());
    case placement::kTaint:
      return fmt::format("let `{}` bear the taint (`tolerates`)", service.name());
    case placement::kApart:
      return fmt::format("let the pods of `{}` share a node (`apart`)", service.name());
    default:
      return fmt::format("let `{}` ask for {} or less", service.name(),
                         amount_text(mend.constraint.bit, mend.at_most.value_or(0)));
  }
}

/// The nodes that the conflict is about, with what they have.
void label_nodes(diag::Report& report, const ClusterProblem& where, const Conflict& conflict) {
  std::set<std::uint32_t> amounts;
  for (const Constraint& member : conflict.members) {
    if (member.bit >= placement::kAmount) amounts.insert(member.bit);
  }
  if (amounts.empty()) return;
  for (std::size_t m = 0; m < where.nodes.size() && m < kMostNodes; ++m) {
    std::vector<std::string> has;
    for (const std::uint32_t bit : amounts) {
      has.push_back(amount_text(bit, where.problem.machines[m].has[bit - placement::kAmount]));
    }
    report.label(where.nodes[m].declared_at(),
                 fmt::format("`{}` has {}", where.nodes[m].name(), listed(has, "and")));
  }
}

std::string help_of(const ClusterProblem& where, const Conflict& conflict) {
  std::vector<std::string> mends;
  for (const auto& mend : placement::mends_of(where.problem, conflict, kMostMends)) {
    mends.push_back(mend_text(where, mend));
  }
  return mends.empty() ? "give the nodes more, or take a service away"
                       : fmt::format("{}", fmt::join(mends, "; or "));
}

std::string nobody_finds(const ClusterProblem& where, const Conflict& conflict) {
  std::vector<std::string> names;
  for (const std::size_t pods : pods_in(conflict)) {
    names.push_back(fmt::format("`{}`", where.services[pods].name()));
  }
  const std::string all = listed(names, "and");
  return names.size() == 1 ? all + " finds no place" : all + " find no place together";
}

void tell_members(diag::Report& report, const ClusterProblem& where, const Conflict& conflict) {
  for (std::size_t i = 1; i < conflict.members.size(); ++i) {
    const diag::Label label = told(where, conflict.members[i]);
    report.label(label.span, label.message);
  }
  label_nodes(report, where, conflict);
  if (conflict.irreducible && conflict.members.size() > 1) {
    report.note("each of these counts: without any one of them, the others have a place");
  }
}

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
  ClusterProblem rest = whole;
  for (int i = 0; i < kMostConflicts; ++i) {
    const Answer answer = answer_of(rest);
    out.undecided = answer == Answer::undecided;
    if (answer != Answer::impossible) break;
    out.of.push_back(services_of(rest, placement::conflict_of(rest.problem)));
    rest = without(rest, out.of.back());
  }
  return out;
}

/// Each is told as if the other conflicts were mended, or nothing would mend it.
void check_cluster(const RuleInput& input, const View& cluster, diag::Diagnostics& diags) {
  const ClusterProblem whole = placement::cluster_problem(input.program, input.lab, cluster);
  if (whole.nodes.empty()) return;
  const Conflicts conflicts = conflicts_in(whole);
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

void check_loss_of(const ClusterProblem& whole, std::size_t node, diag::Diagnostics& diags) {
  const View& gone = whole.nodes[node];
  const Span at = whole.cluster.set_at("bears-loss");
  if (whole.nodes.size() == 1) {
    diags.report(kLossNotBorne, at, gone.name(), "there is no node");
    return;
  }
  const placement::Loss loss = placement::loss_of(whole, node);
  std::vector<std::string> bound;
  for (const View& service : loss.lost) bound.push_back(fmt::format("`{}`", service.name()));
  if (!bound.empty()) {
    diags.report(kLossNotBorne, at, gone.name(), listed(bound, "and") + " may run nowhere else")
        .label(gone.declared_at(), "lost with it is what is bound to it");
  }
  if (loss.others != Answer::impossible) return;
  const Conflict conflict = placement::conflict_of(loss.rest.problem);
  diag::Report report = diags.report(kLossNotBorne, at, gone.name(),
                                     nobody_finds(loss.rest, conflict));
  const diag::Label first = told(loss.rest, conflict.members.front());
  report.label(first.span, first.message);
  tell_members(report, loss.rest, conflict);
}

}  // namespace

void check_placement(const RuleInput& input, diag::Diagnostics& diags) {
  const std::vector<View> over_memory = clusters_over_memory(input);
  for (const View& cluster : input.all("cluster")) {
    if (!holds(over_memory, cluster)) check_cluster(input, cluster, diags);
  }
}

void check_loss(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& cluster : input.all("cluster")) {
    if (!cluster.flag("bears-loss")) continue;
    const ClusterProblem whole = placement::cluster_problem(input.program, input.lab, cluster);
    if (answer_of(whole) != Answer::placed) continue;
    for (std::size_t node = 0; node < whole.nodes.size(); ++node) check_loss_of(whole, node, diags);
  }
}

}  // namespace hlab::rules
