// Images against the architectures of the machines that their pods may land on.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "compiler/model/image_platforms.h"
#include "compiler/placement/cluster_problem.h"
#include "compiler/rules/resources/resource_rules.h"

namespace hlab::rules {

using model::View;

namespace {

/// Nodes by architecture, both in the order of the lab.
using Architectures = std::vector<std::pair<std::string, std::vector<View>>>;

/// What machines are, read once: many services name the same ones.
class Machines {
 public:
  explicit Machines(const RuleInput& input) {
    for (const View& node : input.all("node"))
      arch_.emplace(node.id().index, node.ref("hardware").text("arch"));
  }

  [[nodiscard]] Architectures of(const View& holder, std::string_view field) const {
    Architectures found;
    const values::Value& nodes = holder.value(field);
    if (!nodes.is(values::ValueKind::list)) return found;
    for (const values::Value& item : nodes.list->items) {
      if (!item.is(values::ValueKind::instance)) continue;
      const auto arch = arch_.find(item.as_instance().index);
      if (arch == arch_.end() || arch->second.empty()) continue;
      of_arch(found, arch->second).push_back(holder.of(item));
    }
    return found;
  }

 private:
  static std::vector<View>& of_arch(Architectures& found, const std::string& arch) {
    const auto known = std::find_if(found.begin(), found.end(),
                                    [&](const auto& one) { return one.first == arch; });
    if (known != found.end()) return known->second;
    return found.emplace_back(arch, std::vector<View>()).second;
  }

  std::unordered_map<std::uint32_t, std::string> arch_;  // by instance
};

/// Where the scheduler may put a pod. The question of a cluster is asked only where an image does not fit.
class Landing {
 public:
  explicit Landing(const RuleInput& input) : input_(input) {}

  /// The first of the nodes that can have one pod of the service; none where taints or what the pod asks for
  /// keep it from each.
  [[nodiscard]] View first_of(const std::vector<View>& nodes, const View& service) {
    const View cluster = service.ref("cluster");
    if (!cluster) return nodes.front();
    const placement::ClusterProblem& where = problem_of(cluster);
    const auto at = std::find(where.services.begin(), where.services.end(), service);
    if (at == where.services.end()) return nodes.front();
    const auto pods = static_cast<std::size_t>(at - where.services.begin());
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const View& node) {
      return placement::can_have(where, node, pods);
    });
    return found == nodes.end() ? View() : *found;
  }

 private:
  const placement::ClusterProblem& problem_of(const View& cluster) {
    const auto known = problems_.find(cluster.id().index);
    if (known != problems_.end()) return known->second;
    return problems_
        .emplace(cluster.id().index,
                 placement::cluster_problem(input_.program, input_.lab, cluster))
        .first->second;
  }

  const RuleInput& input_;
  std::map<std::uint32_t, placement::ClusterProblem> problems_;  // by cluster
};

struct Platforms {
  std::vector<std::string> names;
  bool known = true;
};

/// The image's index says it; without one, what the lab or the library says of the service. Else it is a guess.
Platforms platforms_of(const RuleInput& input, const View& service) {
  if (input.image_platforms != nullptr) {
    const auto found = input.image_platforms->find(service.text("image"));
    if (found != input.image_platforms->end()) return {found->second};
  }
  return {service.texts("platforms"), model::says_platforms(service)};
}

void report_unknown(const View& service, const std::string& arch, const View& node,
                    diag::Diagnostics& diags) {
  auto report = diags.report(kPlatformsUnknown, service.set_at("image"), service.name(),
                             node.name(), arch);
  report.label(node.declared_at(), fmt::format("this machine is {}", arch));
  report.help(fmt::format(
      "`platforms = [{}, ...]` says what it is built for; `hlab vendor` asks the image", arch));
}

struct Asked {
  const View& service;
  bool bound = false;  // to the machines by `on`
  const Architectures& places;
};

void check_image(const RuleInput& input, const Asked& asked, Landing& landing,
                 diag::Diagnostics& diags) {
  const View& service = asked.service;
  const auto [platforms, known] = platforms_of(input, service);
  if (platforms.empty()) return;
  for (const auto& [arch, nodes] : asked.places) {
    if (std::find(platforms.begin(), platforms.end(), arch) != platforms.end()) continue;
    const View node = landing.first_of(nodes, service);
    if (!node) continue;
    if (!known) return report_unknown(service, arch, node, diags);
    auto report = diags.report(kImageArch, service.set_at("image"), service.name(), node.name(),
                               arch);
    report.here(fmt::format("built for {}", fmt::join(platforms, ", ")));
    report.label(node.declared_at(), fmt::format("this machine is {}", arch));
    if (!asked.bound) {
      report.help("say where it may run: `on = [...]`, or take an image that is built for all");
    }
    return;  // one mistake, one message
  }
}

/// Machines that the image is not known to lack a build for; empty where that is all of them.
placement::MachineSet built_for(const Platforms& platforms, const std::vector<View>& nodes) {
  if (!platforms.known || platforms.names.empty()) return {};
  placement::MachineSet out(nodes.size(), true);
  for (std::uint32_t m = 0; m < nodes.size(); ++m) {
    const std::string arch = nodes[m].ref("hardware").text("arch");
    const auto& names = platforms.names;
    out.set(m, arch.empty() || std::find(names.begin(), names.end(), arch) != names.end());
  }
  return out.count() == nodes.size() ? placement::MachineSet() : out;
}

}  // namespace

void add_builds(const RuleInput& input, placement::ClusterProblem& where) {
  for (std::size_t i = 0; i < where.services.size(); ++i)
    where.problem.pods[i].built_for = built_for(platforms_of(input, where.services[i]),
                                                where.nodes);
}

void check_architectures(const RuleInput& input, diag::Diagnostics& diags) {
  const Machines machines(input);
  Landing landing(input);
  std::map<std::uint32_t, Architectures> in_cluster;
  for (const View& cluster : input.all("cluster"))
    in_cluster[cluster.id().index] = machines.of(cluster, "nodes");
  for (const View& service : input.all("container")) {
    const values::Value& on = service.value("on");
    const View cluster = service.ref("cluster");
    if (on.is(values::ValueKind::list) && !on.list->items.empty()) {
      check_image(input, {service, true, machines.of(service, "on")}, landing, diags);
    } else if (cluster) {
      check_image(input, {service, false, in_cluster[cluster.id().index]}, landing, diags);
    }
  }
}

}  // namespace hlab::rules
