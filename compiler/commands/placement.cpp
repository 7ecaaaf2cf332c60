// `hlab placement`: a place for every pod, what is left, and what the loss of a node would take along.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/commands/commands.h"
#include "compiler/commands/lost_machine.h"
#include "compiler/driver/compile.h"
#include "compiler/model/image_platforms.h"
#include "compiler/placement/loss.h"
#include "compiler/values/scalar_text.h"
#include "emit/vendored/facts.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;

namespace {

using model::View;
using placement::Answer;
using placement::ClusterProblem;

struct Share {
  placement::Amount amount;
  std::int64_t asked = 0;
  std::int64_t has = 0;
};

struct PodsHere {
  std::string service;
  std::uint32_t pods = 0;
};

struct NodeUse {
  std::string node;
  std::vector<Share>
      amounts;  // memory, CPU, and what else the machine has of what services ask for
  std::vector<PodsHere> services;
};

struct NodeLoss {
  std::string node;
  std::vector<std::string> lost;
  Answer others = Answer::placed;
  bool control_plane = true;  // whether the cluster still has one
  placement::MachineLoss machine;
};

struct ClusterAnswer {
  std::string cluster;
  Answer answer = Answer::placed;
  std::vector<NodeUse> nodes;  // only where everything has a place
  std::vector<NodeLoss> losses;
  std::vector<View> on_one_node;  // volumes that are gone with whichever node they lie on
  /// Services of which nobody said what their images are built for, where that matters.
  std::vector<std::string> unknown_images;
};

/// What only one pod of a machine has, such as a port, is no quantity to show.
std::vector<Share> shares_of(const ClusterProblem& where, std::uint32_t machine,
                             const placement::Amounts& asked) {
  std::vector<Share> out;
  const placement::Amounts& has = where.problem.machines[machine].has;
  for (std::size_t a = 0; a < has.size(); ++a) {
    const placement::Amount& amount = where.problem.amounts[a];
    const bool counted = has[a] > 0 && has[a] < placement::kUncounted;
    if (a < 2 || (amount.bit >= placement::kAmount && counted))
      out.push_back({amount, asked[a], has[a]});
  }
  return out;
}

/// By machine of the problem.
std::vector<NodeUse> uses_of(const ClusterProblem& where, const placement::Placement& placed) {
  std::vector<NodeUse> out;
  for (const View& node : where.nodes) out.push_back({std::string(node.name()), {}, {}});
  std::vector<placement::Amounts> asked(out.size(),
                                        placement::Amounts(where.problem.amounts.size(), 0));
  std::vector<std::size_t> last(out.size(), where.services.size());
  for (std::size_t i = 0; i < placed.machine_of.size(); ++i) {
    const placement::Amounts& needs = where.problem.pods[i].needs;
    const std::string name(where.services[i].name());
    for (const std::uint32_t machine : placed.machine_of[i]) {
      std::vector<PodsHere>& services = out[machine].services;
      if (last[machine] != i) services.push_back({name, 0});
      last[machine] = i;
      ++services.back().pods;
      for (std::size_t a = 0; a < needs.size(); ++a) asked[machine][a] += needs[a];
    }
  }
  for (std::uint32_t machine = 0; machine < out.size(); ++machine)
    out[machine].amounts = shares_of(where, machine, asked[machine]);
  return out;
}

/// Servers agree by majority: of two, the other one alone is none.
bool has_control_plane(const View& cluster, const View& lost) {
  const std::vector<View> servers = cluster.refs("servers");
  const bool hit = std::find(servers.begin(), servers.end(), lost) != servers.end();
  return !hit || servers.size() > 2;
}

NodeLoss node_loss(const View& cluster, const ClusterProblem& whole,
                   const placement::Losses& losses, const placement::MachineLosses& machines,
                   std::size_t node) {
  const placement::Loss loss = losses.of(node);
  NodeLoss out{std::string(whole.nodes[node].name()),
               {},
               loss.others,
               has_control_plane(cluster, whole.nodes[node]),
               machines.of(whole.nodes[node])};
  for (const View& service : loss.lost) out.lost.emplace_back(service.name());
  return out;
}

bool mixes_architectures(const std::vector<View>& nodes) {
  return std::any_of(nodes.begin(), nodes.end(), [&](const View& node) {
    return node.text("arch") != nodes.front().text("arch");
  });
}

/// Of the pods that the scheduler may put on machines of several kinds.
std::vector<std::string> unknown_images(const Compilation& run, const ClusterProblem& where) {
  const auto vendored = emit::vendored_platforms(run.lock);
  std::vector<std::string> out;
  for (const View& service : where.services) {
    const std::vector<View> on = service.refs("on");
    if (!mixes_architectures(on.empty() ? where.nodes : on)) continue;
    if (!vendored.contains(service.text("image")) && !model::says_platforms(service))
      out.emplace_back(service.name());
  }
  return out;
}

ClusterAnswer answer_for(const Compilation& run, const placement::MachineLosses& machines,
                         const View& cluster) {
  const ClusterProblem where = placement::cluster_problem(run.program, run.lab, cluster);
  const placement::Placement placed = placement::place(where.problem);
  ClusterAnswer out{std::string(cluster.name()), placed.answer, {}, {}, machines.of_any(cluster),
                    unknown_images(run, where)};
  const placement::Losses losses(where, placed);
  if (placed.answer == Answer::placed) out.nodes = uses_of(where, placed);
  for (std::uint32_t machine = 0; machine < where.nodes.size(); ++machine) {
    out.losses.push_back(node_loss(cluster, where, losses, machines, machine));
  }
  return out;
}

using Json = nlohmann::ordered_json;

std::string_view word(Answer answer) {
  switch (answer) {
    case Answer::placed: return "placed";
    case Answer::impossible: return "impossible";
    case Answer::undecided: break;
  }
  return "undecided";
}

Json json_of(const NodeUse& use) {
  Json services = Json::array();
  for (const PodsHere& one : use.services)
    services.push_back({{"service", one.service}, {"pods", one.pods}});
  Json out{{"node", use.node}};
  for (const Share& share : use.amounts)
    out[share.amount.name] = {{"asked", share.asked}, {"has", share.has}};
  out["services"] = std::move(services);
  return out;
}

Json json_of(const ClusterAnswer& answer) {
  Json nodes = Json::array();
  for (const NodeUse& use : answer.nodes) nodes.push_back(json_of(use));
  Json losses = Json::array();
  for (const NodeLoss& loss : answer.losses) {
    losses.push_back({{"node", loss.node},
                      {"lost", loss.lost},
                      {"others", word(loss.others)},
                      {"control-plane", loss.control_plane}});
    add_json(losses.back(), loss.machine);
  }
  return {{"cluster", answer.cluster},
          {"answer", word(answer.answer)},
          {"nodes", nodes},
          {"losses", losses},
          {"on-one-node", names_json(answer.on_one_node)},
          {"unknown-images", answer.unknown_images}};
}

std::string line_of(const NodeUse& use, std::size_t width) {
  std::string services;
  for (const PodsHere& one : use.services) {
    if (!services.empty()) services += ", ";
    services += one.service;
    if (one.pods > 1) services += fmt::format(" x{}", one.pods);
  }
  std::string further;
  for (std::size_t i = 2; i < use.amounts.size(); ++i) {
    const Share& share = use.amounts[i];
    const bool bytes = share.amount.bit == placement::kDisk;
    further += fmt::format("  {} {} of {}", share.amount.name,
                           bytes ? values::bytes_text(share.asked) : std::to_string(share.asked),
                           bytes ? values::bytes_text(share.has) : std::to_string(share.has));
  }
  const Share& memory = use.amounts[0];
  const Share& cpu = use.amounts[1];
  return fmt::format("  {:<{}}  {:>9} of {:<7}  {:>6} of {:<4}{}  {}\n", use.node, width,
                     values::bytes_text(memory.asked), values::bytes_text(memory.has),
                     values::cpu_text(cpu.asked), values::cpu_text(cpu.has), further,
                     services.empty() ? "-" : services);
}

std::string text_of(const NodeLoss& loss) {
  std::string out = fmt::format("  without {}: ", loss.node);
  if (!loss.lost.empty()) out += fmt::format("lost is {}; ", fmt::join(loss.lost, ", "));
  if (!loss.control_plane) {
    return out + "there is no control plane: what runs goes on, and nothing is moved or started\n";
  }
  switch (loss.others) {
    case Answer::placed: return out + "the others have a place\n";
    case Answer::impossible: return out + "the others do not all have a place\n";
    case Answer::undecided: break;
  }
  return out + "whether the others have a place is not decided\n";
}

std::string text_of(const ClusterAnswer& answer) {
  std::string out = answer.cluster + "\n";
  std::size_t width = 0;
  for (const NodeUse& use : answer.nodes) width = std::max(width, use.node.size());
  for (const NodeUse& use : answer.nodes) out += line_of(use, width);
  for (const NodeLoss& loss : answer.losses) out += text_of(loss) + lines_of(loss.machine);
  out += line_of_any(answer.on_one_node);
  if (!answer.unknown_images.empty()) {
    out += fmt::format(
        "  nobody said for which machines these images are built: {} (`hlab vendor`)\n",
        fmt::join(answer.unknown_images, ", "));
  }
  return out;
}

std::vector<View> nodes_of_no_cluster(const Compilation& run) {
  std::vector<View> out = model::all(run.program, run.lab, "node");
  for (const View& cluster : model::all(run.program, run.lab, "cluster")) {
    for (const View& node : cluster.refs("nodes")) std::erase(out, node);
  }
  return out;
}

/// Machines of no cluster with which something is gone.
std::string text_of_others(const Compilation& run, const placement::MachineLosses& machines) {
  std::string out;
  for (const View& node : nodes_of_no_cluster(run)) {
    const std::string gone = lines_of(machines.of(node));
    if (!gone.empty()) out += fmt::format("  without {}:\n{}", node.name(), gone);
  }
  return out.empty() ? out : "in no cluster\n" + out;
}

}  // namespace

int command_placement(const Options& options, Console& console) {
  Compilation& run = console.keep(check_lab({options.lab, false, false, options.site}));
  Options look = options;
  look.format = Format::human;  // standard output is for the answer
  show_diagnostics(run.sources, run.diags, look, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  const placement::MachineLosses machines(run.program, run.lab);
  std::vector<ClusterAnswer> clusters;
  for (const View& cluster : model::all(run.program, run.lab, "cluster")) {
    clusters.push_back(answer_for(run, machines, cluster));
  }
  if (options.format == Format::json) {
    Json list = Json::array();
    for (const ClusterAnswer& one : clusters) list.push_back(json_of(one));
    Json answer{{"version", 1}, {"clusters", list}, {"machines", Json::array()}};
    for (const View& node : nodes_of_no_cluster(run)) {
      answer["machines"].push_back({{"node", std::string(node.name())}});
      add_json(answer["machines"].back(), machines.of(node));
    }
    console.print(answer.dump(2) + "\n");
  } else {
    for (const ClusterAnswer& one : clusters) console.print(text_of(one));
    console.print(text_of_others(run, machines));
    if (clusters.empty()) console.complain("hlab placement: the lab has no cluster\n");
  }
  return status_of(run.diags);
}

}  // namespace hlab::commands
