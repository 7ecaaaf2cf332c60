// Machines that ask nobody but machines for names, where what answers there needs their own cluster:
// a pod on the machine's port 53, or a service beside the cluster that starts after one inside.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/graph/lab_hosts.h"
#include "compiler/rules/order/order_rules.h"

namespace hlab::rules {
namespace {

using model::View;
using program::InstanceId;

constexpr std::int64_t kNames = 53;

class Circles {
 public:
  Circles(const RuleInput& input, diag::Diagnostics& diags)
      : input_(input), diags_(diags), hosts_(input.program, input.lab) {}

  void run() {
    for (const View& cluster : input_.all("cluster")) {
      for (const View& node : cluster.refs("nodes")) {
        // Other systems are told elsewhere whom they ask.
        if (node.ref("os").text("family") == "nixos" && stuck(node, cluster)) return;
      }
    }
  }

 private:
  /// The name servers that the system of a machine is told, and who told them.
  [[nodiscard]] std::vector<std::string> asked_by(const View& node, View& network) const {
    std::vector<std::string> out;
    for (const View& other : input_.all("network")) {
      const bool member = !node.at("address", other).is(values::ValueKind::absent);
      if (!member || other.is("tailscale")) continue;
      for (const std::string& server : other.texts("dns")) {
        if (!network) network = other;
        out.push_back(server);
      }
    }
    return out;
  }

  bool stuck(const View& node, const View& cluster) {
    const bool asks_overlay = cluster.ref("network").is("tailscale") &&
                              !(node == cluster.refs("nodes").front());
    View network;
    const std::vector<std::string> servers = asked_by(node, network);
    if (servers.empty() || asks_overlay) return false;
    View service;
    bool by_machine = false;  // the others are told as addresses of the cluster
    for (const std::string& server : servers) {
      const graph::Answering one = hosts_.find({server, kNames}, cluster);
      if (!one.service || !needs(one.service, cluster)) return false;
      by_machine = by_machine || !one.endpoint;
      if (!service || !one.endpoint) service = one.service;
    }
    if (by_machine) report(node, cluster, network, service);
    return by_machine;
  }

  /// Whether a service runs in the cluster, or starts only after one that does.
  [[nodiscard]] bool needs(const View& service, const View& cluster) const {
    std::set<InstanceId> seen{service.id()};
    std::vector<InstanceId> open{service.id()};
    while (!open.empty()) {
      const View one(input_.program, input_.lab, open.back());
      open.pop_back();
      if (one.is("workload") && one.ref("cluster") == cluster) return true;
      for (const graph::Edge* edge : input_.graph.needs_of(one.id())) {
        if (edge->mode == graph::EdgeMode::start && seen.insert(edge->to).second)
          open.push_back(edge->to);
      }
    }
    return false;
  }

  void report(const View& node, const View& cluster, const View& network, const View& service) {
    auto report = diags_.report(kResolverCircle, network.set_at("dns"), node.path(),
                                service.path());
    report.here(
        fmt::format("`{}` needs `{}` to fetch images by name", node.path(), service.path()));
    report.label(service.declared_at(),
                 fmt::format("`{}` {} `{}`", service.path(),
                             service.is("workload") ? "runs in" : "starts after a service of",
                             cluster.path()));
    report.label(cluster.declared_at(), fmt::format("`{}` needs `{}`, which closes the circle",
                                                    cluster.path(), node.path()));
    report.help("add one that goes on without the cluster as the last one: `9.9.9.9`");
  }

  const RuleInput& input_;
  diag::Diagnostics& diags_;
  const graph::LabHosts hosts_;
};

}  // namespace

void check_resolver_circle(const RuleInput& input, diag::Diagnostics& diags) {
  if (!diags.has_errors()) Circles(input, diags).run();
}

}  // namespace hlab::rules
