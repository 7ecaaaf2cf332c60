// Clusters that are handed over as a whole, and wait for each other.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/graph/first_starts.h"
#include "compiler/rules/order/order_rules.h"

namespace hlab::rules {

using graph::Edge;
using model::View;

namespace {

/// What is fetched may come from elsewhere; of what is asked for, one step has to go.
template <class ViewOf>
std::string way_out(const std::vector<Edge>& circle, const ViewOf& view) {
  const auto fetched = std::find_if(circle.begin(), circle.end(), [](const Edge& edge) {
    return edge.cause == graph::EdgeCause::fetch;
  });
  if (fetched == circle.end())
    return "let one of them do without what the other cluster has, or move that to a machine beside the clusters";
  return fmt::format(
      "let what `{}` fetches come from a host outside of these clusters, or run what gives it on a machine beside them",
      view(fetched->from).path());
}

}  // namespace

void check_handovers(const RuleInput& input, diag::Diagnostics& diags) {
  if (diags.has_errors()) return;  // a circle is told as one
  const graph::FirstStarts starts = graph::first_starts(input.program, input.lab, input.graph);
  if (starts.circle.empty()) return;
  const auto view = [&](program::InstanceId id) { return View(input.program, input.lab, id); };
  const auto step = [&](const Edge& edge) {
    return fmt::format("`{}` needs `{}`: {}", view(edge.from).path(), view(edge.to).path(),
                       *edge.reason);
  };
  std::vector<std::string> names;
  for (const graph::Handover& handover : starts.handovers) {
    const bool turns = std::any_of(
        starts.circle.begin(), starts.circle.end(), [&](const Edge& edge) {
          return handover.brings(view(edge.from)) || handover.gitops == view(edge.from);
        });
    if (turns) names.push_back(fmt::format("`{}`", handover.gitops.path()));
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  if (names.size() < 2)
    text += names.empty() ? "services of several clusters" : " and what it waits for";
  auto report = diags.report(kHandoverCircle, starts.circle.back().at, text);
  for (std::size_t i = 0; i + 1 < starts.circle.size(); ++i) {
    const Edge& edge = starts.circle[i];
    report.label(edge.at.valid() ? edge.at : view(edge.from).declared_at(), step(edge));
  }
  report.here(step(starts.circle.back()) + ", which closes the circle");
  report.help(way_out(starts.circle, view));
}

}  // namespace hlab::rules
