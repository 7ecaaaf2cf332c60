// What a conflict of placement says to people: which service demands what, who has it, what would mend it.
#include "compiler/rules/resources/conflict_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>

#include "compiler/placement/sums.h"
#include "compiler/values/scalar_text.h"

namespace hlab::rules {

using model::View;
using placement::ClusterProblem;
using placement::Conflict;
using placement::Constraint;

namespace {

constexpr std::size_t kMostMends = 3;
constexpr std::size_t kMostNodes = 4;
constexpr std::size_t kMostMembers = 24;
constexpr std::size_t kMostNamed = 8;

/// `2GiB`, `500m`, `2`.
std::string quantity_text(const placement::Amount& amount, std::int64_t quantity) {
  switch (amount.bit) {
    case placement::kMemory:
    case placement::kDisk: return values::bytes_text(quantity);
    case placement::kCpu: return values::cpu_text(quantity);
    default: return std::to_string(quantity);
  }
}

/// `2GiB of memory`, `2 of nvidia.com/gpu`.
std::string amount_text(const placement::Amount& amount, std::int64_t quantity) {
  const std::string text = quantity_text(amount, quantity);
  switch (amount.bit) {
    case placement::kMemory: return text + " of memory";
    case placement::kCpu: return text + " of CPU";
    case placement::kDisk: return text + " of its disk";
    default: return fmt::format("{} of {}", text, amount.name);
  }
}

/// Whether the service names nodes, and none of them is of the cluster.
bool is_outside(const ClusterProblem& where, const Constraint& member) {
  return where.problem.pods[member.pods].bound_to.count() == 0;
}

std::string ports_text(const View& service) {
  std::vector<std::string> ports;
  for (const placement::HostPort port : placement::ports_of_pods(service))
    ports.push_back(fmt::format("{}{}", port.number, port.udp ? "/udp" : ""));
  return fmt::format("port{} {}", ports.size() > 1 ? "s" : "", listed(ports, "and"));
}

/// Of hundreds of nodes the first are named.
std::string nodes_text(const std::vector<View>& nodes, std::string_view last) {
  std::vector<std::string> names;
  const bool all = nodes.size() <= kMostNamed + 1;
  for (std::size_t i = 0; i < nodes.size() && (all || i < kMostNamed); ++i)
    names.push_back(fmt::format("`{}`", nodes[i].name()));
  if (!all) names.push_back(fmt::format("{} more", nodes.size() - kMostNamed));
  return listed(names, last);
}

/// Where the lab says how much it asks for.
Span asked_at(const View& service, std::uint32_t bit) {
  if (bit == placement::kGpu) return service.set_at("gpu");
  if (bit == placement::kDisk) return service.set_at("volume");
  const Span at = service.ref("resources").set_at(bit == placement::kMemory ? "memory" : "cpu");
  return at.valid() && at.file == service.declared_at().file ? at : service.declared_at();
}

diag::Label told_amount(const ClusterProblem& where, const Constraint& member) {
  const View& service = where.services[member.pods];
  const placement::Pods& pods = where.problem.pods[member.pods];
  const std::string times = pods.count > 1 ? fmt::format(", {} times", pods.count) : "";
  const std::size_t which = placement::asked_amount(where.problem, member).value_or(0);
  return {asked_at(service, member.bit),
          fmt::format("`{}` always needs {}{}", service.name(),
                      amount_text(where.problem.amounts[which], pods.needs[which]), times)};
}

std::string mend_text(const ClusterProblem& where, const placement::Mend& mend) {
  const View& service = where.services[mend.constraint.pods];
  switch (mend.constraint.bit) {
    case placement::kBound: return fmt::format("let `{}` run elsewhere too (`on`)", service.name());
    case placement::kTaint:
      return fmt::format("let `{}` bear the taint (`tolerates`)", service.name());
    case placement::kApart:
      return fmt::format("let the pods of `{}` share a node (`apart`)", service.name());
    case placement::kPorts:
      if (mend.at_most) {
        return fmt::format(
            "let `{}` run {} times or less (`replicas`): a machine has the port once",
            service.name(), *mend.at_most);
      }
      return fmt::format("let `{}` take another port of its machine", service.name());
    default: {
      const std::size_t which = placement::asked_amount(where.problem, mend.constraint).value_or(0);
      return fmt::format("let `{}` ask for {} or less", service.name(),
                         amount_text(where.problem.amounts[which], mend.at_most.value_or(0)));
    }
  }
}

/// Which amounts the members are about, by their place in the problem.
std::set<std::size_t> amounts_in(const ClusterProblem& where, const Conflict& conflict) {
  std::set<std::size_t> out;
  for (const Constraint& member : conflict.members) {
    if (member.bit < placement::kAmount) continue;
    const placement::Amounts& needs = where.problem.pods[member.pods].needs;
    for (std::size_t a = 0; a < needs.size(); ++a) {
      if (where.problem.amounts[a].bit == member.bit && needs[a] > 0) out.insert(a);
    }
  }
  return out;
}

/// The machines on which some pods of the conflict may run, as far as the conflict says where.
placement::MachineSet open_to(const ClusterProblem& where, const Conflict& conflict) {
  placement::MachineSet out(where.nodes.size(), false);
  for (const std::size_t pods : pods_in(conflict)) {
    placement::MachineSet allowed(where.nodes.size(), true);
    for (const Constraint& member : conflict.members) {
      if (member.pods != pods) continue;
      if (member.bit == placement::kBound) allowed.keep(where.problem.pods[pods].bound_to);
      if (member.bit == placement::kTaint) allowed.keep(where.problem.pods[pods].tolerates);
    }
    out.join(allowed);
  }
  return out;
}

/// What the machine has of the amounts; empty where nothing of it is counted.
std::string had_text(const ClusterProblem& where, const std::set<std::size_t>& amounts,
                     std::uint32_t machine) {
  std::vector<std::string> has;
  for (const std::size_t a : amounts) {
    const std::int64_t quantity = where.problem.machines[machine].has[a];
    if (quantity < placement::kUncounted)
      has.push_back(amount_text(where.problem.amounts[a], quantity));
  }
  return listed(has, "and");
}

/// The nodes that the conflict is about, with what they have.
void label_nodes(diag::Report& report, const ClusterProblem& where, const Conflict& conflict) {
  const std::set<std::size_t> amounts = amounts_in(where, conflict);
  std::size_t told = 0;
  open_to(where, conflict).each([&](std::uint32_t m) {
    const std::string has = had_text(where, amounts, m);
    if (has.empty()) return true;
    report.label(where.nodes[m].declared_at(),
                 fmt::format("`{}` has {}", where.nodes[m].name(), has));
    return ++told < kMostNodes;
  });
}

/// Where no search is needed to see it: what all ask for together, and what there is.
void note_sums(diag::Report& report, const ClusterProblem& where, const Conflict& conflict) {
  const placement::MachineSet open = open_to(where, conflict);
  for (const std::size_t a : amounts_in(where, conflict)) {
    const placement::Amount& amount = where.problem.amounts[a];
    std::int64_t asked = 0;
    std::size_t askers = 0;
    for (const Constraint& member : conflict.members) {
      if (member.bit != amount.bit) continue;
      const placement::Pods& pods = where.problem.pods[member.pods];
      asked = placement::sum_of(asked, placement::times(pods.needs[a], pods.count));
      askers += pods.count;
    }
    std::int64_t there = 0;
    open.each([&](std::uint32_t m) {
      there = placement::sum_of(there, std::max<std::int64_t>(where.problem.machines[m].has[a], 0));
      return true;
    });
    if (askers < 2 || asked <= there || amount.bit == placement::kPorts) continue;
    report.note(fmt::format("together they ask for {}, and where they may run there is {}",
                            amount_text(amount, asked), quantity_text(amount, there)));
  }
}

/// Who has the ports that pods of the conflict ask for.
void label_ports(diag::Report& report, const ClusterProblem& where, const Conflict& conflict) {
  std::set<placement::HostPort> asked;
  for (const Constraint& member : conflict.members) {
    if (member.bit != placement::kPorts) continue;
    for (const placement::HostPort port : placement::ports_of_pods(where.services[member.pods]))
      asked.insert(port);
  }
  std::size_t told = 0;
  for (const placement::PortClaim& claim : where.taken) {
    if (!asked.contains(claim.port) || ++told > kMostNodes) continue;
    report.label(claim.at, fmt::format("{} has port {} of `{}`", claim.what, claim.port.number,
                                       claim.node.name()));
  }
}

/// Where no machine has any of what a plugin gives: it is not said of them, or another plugin gives it.
std::optional<std::string> help_of_gpus(const ClusterProblem& where, const Conflict& conflict) {
  for (const Constraint& member : conflict.members) {
    if (member.bit != placement::kGpu) continue;
    const std::size_t which = placement::asked_amount(where.problem, member).value_or(0);
    const auto& machines = where.problem.machines;
    if (std::any_of(machines.begin(), machines.end(),
                    [&](const placement::Machine& one) { return one.has[which] > 0; }))
      continue;
    const View plugin = where.services[member.pods].ref("gpu").ref("by");
    std::set<std::string> others;
    for (const View& node : where.nodes) {
      for (const auto& [name, gpu] : node.held("gpu")) others.emplace(gpu.text("maker"));
    }
    if (others.empty())
      return fmt::format("say which machine has one: `gpu.card {{ maker = {} }}`",
                         plugin.text("maker"));
    return fmt::format(
        "`{}` gives those of {}, and the machines have those of {}: declare the `gpu-plugin` of that "
        "maker, and say `gpu {{ by = ... }}` where there are both",
        plugin.name(), plugin.text("maker"), fmt::join(others, " and "));
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::size_t> pods_in(const Conflict& conflict) {
  std::set<std::size_t> pods;
  for (const Constraint& member : conflict.members) pods.insert(member.pods);
  return {pods.begin(), pods.end()};
}

/// What one member of the conflict demands, and where the lab says so.
diag::Label told(const ClusterProblem& where, const Constraint& member) {
  const View& service = where.services[member.pods];
  const placement::Pods& pods = where.problem.pods[member.pods];
  switch (member.bit) {
    case placement::kBound:
      return {service.set_at("on"),
              fmt::format(
                  "`{}` may run on {} only{}", service.name(), nodes_text(service.refs("on"), "or"),
                  is_outside(where, member) ? fmt::format(", no node of `{}`", where.cluster.name())
                                            : "")};
    case placement::kTaint: {
      std::vector<View> tainted;
      for (std::size_t m = 0; m < where.nodes.size(); ++m) {
        if (!pods.tolerates[m]) tainted.push_back(where.nodes[m]);
      }
      return {service.declared_at(), fmt::format("`{}` does not bear the taints of {}",
                                                 service.name(), nodes_text(tainted, "and"))};
    }
    case placement::kApart:
      return {service.set_at("apart"),
              fmt::format("the {} pods of `{}` never share a node", pods.count, service.name())};
    case placement::kPorts:
      return {service.declared_at(),
              fmt::format("`{}` takes {} of its machine", service.name(), ports_text(service))};
    default: return told_amount(where, member);
  }
}

std::string help_of(const ClusterProblem& where, const Conflict& conflict) {
  for (const Constraint& member : conflict.members) {
    if (member.bit != placement::kBound || !is_outside(where, member)) continue;
    return fmt::format("name nodes of `{}` in `on`, or let the node join it (`agents`)",
                       where.cluster.name());
  }
  if (const auto help = help_of_gpus(where, conflict)) return *help;
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
  if (names.size() > kMostNamed + 1) {
    const std::size_t more = names.size() - kMostNamed;
    names.resize(kMostNamed);
    names.push_back(fmt::format("{} more", more));
  }
  const std::string all = listed(names, "and");
  return names.size() == 1 ? all + " finds no place" : all + " find no place together";
}

void tell_members(diag::Report& report, const ClusterProblem& where, const Conflict& conflict) {
  for (std::size_t i = 1; i < std::min(conflict.members.size(), kMostMembers); ++i) {
    const diag::Label label = told(where, conflict.members[i]);
    report.label(label.span, label.message);
  }
  if (conflict.members.size() > kMostMembers)
    report.note(fmt::format("{} more demands are part of it, not shown here",
                            conflict.members.size() - kMostMembers));
  label_nodes(report, where, conflict);
  label_ports(report, where, conflict);
  note_sums(report, where, conflict);
  if (conflict.irreducible && conflict.members.size() > 1) {
    report.note("each of these demands counts: without any one of them, the others have a place");
  }
}

}  // namespace hlab::rules
