// Who gives names while the cluster does not.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "compiler/rules/network/claims.h"
#include "compiler/rules/network/network_rules.h"
#include "compiler/rules/order/order_rules.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Whether the name servers of a network are the only ones that its system is told.
bool asks_only(const RuleInput& input, const View& node, const View& network) {
  const std::vector<View> networks = input.all("network");
  return std::all_of(networks.begin(), networks.end(), [&](const View& other) {
    const bool member = !node.at("address", other).is(ValueKind::absent);
    const bool asked = member && !other.is("tailscale") && !other.texts("dns").empty();
    return asked == (other == network);
  });
}

/// A node that asks nobody else, and a service of its own cluster that it would ask. Others than
/// NixOS get their name servers elsewhere, and who joins a private network may ask that one.
std::pair<View, View> stuck(const RuleInput& input, const View& network,
                            const std::vector<View>& answering) {
  for (const View& cluster : input.all("cluster")) {
    const bool own = std::all_of(answering.begin(), answering.end(), [&](const View& endpoint) {
      return endpoint.top().ref("cluster") == cluster;
    });
    if (!own) continue;
    const std::vector<View> nodes = cluster.refs("nodes");
    for (const View& node : nodes) {
      const bool asks_overlay = cluster.ref("network").is("tailscale") && !(node == nodes.front());
      if (node.ref("os").text("family") != "nixos" || asks_overlay) continue;
      if (asks_only(input, node, network)) return {node, cluster};
    }
  }
  return {};
}

bool reports_stuck(const RuleInput& input, const View& network, const std::vector<View>& answering,
                   diag::Diagnostics& diags) {
  const auto [node, cluster] = stuck(input, network, answering);
  if (!node) return false;
  const View service = answering.front().top();
  auto report = diags.report(kResolverCircle, network.set_at("dns"), node.path(), service.path());
  report.here(fmt::format("`{}` needs `{}` to fetch images by name", node.path(), service.path()));
  report.label(service.declared_at(),
               fmt::format("`{}` runs in `{}`", service.path(), cluster.path()));
  report.label(cluster.declared_at(), fmt::format("`{}` needs `{}`, which closes the circle",
                                                  cluster.path(), node.path()));
  report.help("add one that goes on without the cluster as the last one: `9.9.9.9`");
  return true;
}

}  // namespace

void check_resolvers(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::string, View> in_cluster;
  for (const AddressClaim& claim : address_claims(input)) {
    const View service = claim.holder.top();
    if (service.is("workload"))
      in_cluster.emplace(claim.holder.text_of(claim.address), claim.holder);
  }
  for (const View& network : input.all("network")) {
    const Value& servers = network.value("dns");
    if (!servers.is(ValueKind::list) || servers.list->items.empty()) continue;
    std::vector<View> answering;
    for (const Value& server : servers.list->items) {
      const auto found = in_cluster.find(network.text_of(server));
      if (found == in_cluster.end()) break;
      answering.push_back(found->second);
    }
    if (answering.size() != servers.list->items.size()) continue;
    if (reports_stuck(input, network, answering, diags)) continue;
    auto report = diags.report(kNoOtherResolver, network.set_at("dns"), network.name());
    for (const View& one : answering) report.label(one.declared_at(), "answers here");
    report.help("add one that goes on without the cluster as the last one: `9.9.9.9`");
  }
}

}  // namespace hlab::rules
