// `hlab placement`: a place for every pod, what is left, and what the loss of a node would take along.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/commands/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/placement/cluster_problem.h"
#include "compiler/placement/search.h"
#include "compiler/values/scalar_text.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;

namespace {

using model::View;
using placement::Answer;
using placement::ClusterProblem;
using Json = nlohmann::ordered_json;

std::string_view word(Answer answer) {
  switch (answer) {
    case Answer::placed: return "placed";
    case Answer::impossible: return "impossible";
    case Answer::undecided: break;
  }
  return "undecided";
}

std::vector<std::string> names_of(const std::vector<View>& views) {
  std::vector<std::string> out;
  for (const View& view : views) out.emplace_back(view.name());
  return out;
}

/// What pods of one service are on the machine.
std::uint32_t count_on(const std::vector<std::uint32_t>& machines, std::uint32_t machine) {
  return static_cast<std::uint32_t>(std::count(machines.begin(), machines.end(), machine));
}

Json amount(const placement::Amounts& asked, const placement::Amounts& has, std::size_t which) {
  return {{"asked", asked[which]}, {"has", has[which]}};
}

Json node_of(const ClusterProblem& where, const placement::Placement& placed,
             std::uint32_t machine) {
  const placement::Amounts& has = where.problem.machines[machine].has;
  placement::Amounts asked(has.size(), 0);
  Json services = Json::array();
  for (std::size_t i = 0; i < placed.machine_of.size(); ++i) {
    const std::uint32_t pods = count_on(placed.machine_of[i], machine);
    if (pods == 0) continue;
    services.push_back({{"service", where.services[i].name()}, {"pods", pods}});
    for (std::size_t a = 0; a < asked.size(); ++a)
      asked[a] += pods * where.problem.pods[i].needs[a];
  }
  return {{"node", where.nodes[machine].name()},
          {"memory", amount(asked, has, 0)},
          {"cpu", amount(asked, has, 1)},
          {"services", services}};
}

/// What goes with the node, and whether the others still find a place.
Json loss_of(const ClusterProblem& whole, std::size_t node) {
  const ClusterProblem rest = placement::without_node(whole, node);
  std::vector<View> lost;
  std::copy_if(
      whole.services.begin(), whole.services.end(), std::back_inserter(lost), [&](const View& one) {
        return std::find(rest.services.begin(), rest.services.end(), one) == rest.services.end();
      });
  const Answer answer =
      placement::place(rest.problem, placement::all_constraints(rest.problem)).answer;
  return {{"node", whole.nodes[node].name()}, {"lost", names_of(lost)}, {"others", word(answer)}};
}

Json cluster_of(const Compilation& run, const View& cluster) {
  const ClusterProblem where = placement::cluster_problem(run.program, run.lab, cluster);
  const auto placed = placement::place(where.problem, placement::all_constraints(where.problem));
  Json nodes = Json::array();
  Json losses = Json::array();
  for (std::uint32_t machine = 0; machine < where.nodes.size(); ++machine) {
    if (placed.answer == Answer::placed) nodes.push_back(node_of(where, placed, machine));
    losses.push_back(loss_of(where, machine));
  }
  return {{"cluster", cluster.name()},
          {"answer", word(placed.answer)},
          {"nodes", nodes},
          {"losses", losses}};
}

std::string joined(const Json& names) {
  std::string out;
  for (const Json& name : names) out += (out.empty() ? "" : ", ") + name.get<std::string>();
  return out;
}

std::string line_of(const Json& node, std::size_t width) {
  std::string services;
  for (const Json& one : node["services"]) {
    if (!services.empty()) services += ", ";
    services += one["service"].get<std::string>();
    if (one["pods"] > 1) services += fmt::format(" x{}", one["pods"].get<int>());
  }
  return fmt::format(
      "  {:<{}}  {:>9} of {:<7}  {:>6} of {:<4}  {}\n", node["node"].get<std::string>(), width,
      values::bytes_text(node["memory"]["asked"]), values::bytes_text(node["memory"]["has"]),
      values::cpu_text(node["cpu"]["asked"]), values::cpu_text(node["cpu"]["has"]),
      services.empty() ? "-" : services);
}

std::string loss_text(const Json& loss) {
  std::string out = fmt::format("  without {}: ", loss["node"].get<std::string>());
  if (!loss["lost"].empty()) out += fmt::format("lost is {}; ", joined(loss["lost"]));
  if (loss["others"] == "placed") return out + "the others have a place\n";
  if (loss["others"] == "impossible") return out + "the others do not all have a place\n";
  return out + "whether the others have a place is not decided\n";
}

std::string text_of(const Json& cluster) {
  std::string out = cluster["cluster"].get<std::string>() + "\n";
  std::size_t width = 0;
  for (const Json& node : cluster["nodes"])
    width = std::max(width, node["node"].get<std::string>().size());
  for (const Json& node : cluster["nodes"]) out += line_of(node, width);
  for (const Json& loss : cluster["losses"]) out += loss_text(loss);
  return out;
}

}  // namespace

int command_placement(const Options& options, Console& console) {
  Compilation& run = console.keep(check_lab({options.lab, false, false, options.site}));
  Options look = options;
  look.format = Format::human;  // standard output is for the answer
  show_diagnostics(run.sources, run.diags, look, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  Json clusters = Json::array();
  for (const View& cluster : model::all(run.program, run.lab, "cluster")) {
    clusters.push_back(cluster_of(run, cluster));
  }
  if (options.format == Format::json) {
    console.print(Json({{"version", 1}, {"clusters", clusters}}).dump(2) + "\n");
  } else {
    for (const Json& cluster : clusters) console.print(text_of(cluster));
    if (clusters.empty()) console.complain("hlab placement: the lab has no cluster\n");
  }
  return status_of(run.diags);
}

}  // namespace hlab::commands
