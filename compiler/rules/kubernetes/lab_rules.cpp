#include "compiler/rules/kubernetes/lab_rules.h"

#include <map>
#include <set>

namespace hlab::rules {

using model::View;

void check_lab_count(const RuleInput& input, diag::Diagnostics& diags) {
  if (!input.all("lab").empty()) return;
  for (const std::string_view kind : {"node", "service", "cluster"}) {
    const auto found = input.all(kind);
    if (found.empty()) continue;
    diags.report(kNoLab, found.front().declared_at(), found.front().path())
        .help("add `lab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }`");
    return;
  }
}

void check_second_lab(const RuleInput& input, diag::Diagnostics& diags) {
  const auto labs = input.all("lab");
  for (std::size_t i = 1; i < labs.size(); ++i) {
    diags.report(kTwoLabs, labs[i].declared_at(), labs[i].name())
        .label(labs[0].declared_at(), "the lab of this folder");
  }
}

void check_node_clusters(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::uint32_t, View> owner;
  for (const View& cluster : input.all("cluster")) {
    for (const View& node : cluster.refs("nodes")) {
      const auto [known, fresh] = owner.try_emplace(node.id().index, cluster);
      if (fresh || known->second == cluster) continue;
      diags
          .report(kNodeInTwoClusters, cluster.declared_at(), node.name(), known->second.name(),
                  cluster.name())
          .label(known->second.declared_at(), "it is here already")
          .label(node.declared_at(), "the node");
    }
  }
}

void check_cluster_network(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& cluster : input.all("cluster")) {
    const View network = cluster.ref("network");
    if (!network) continue;
    for (const View& node : cluster.refs("nodes")) {
      const values::Value address = node.at("address", network);
      if (!address.is(values::ValueKind::absent)) continue;
      diags.report(kNoAddressInNetwork, node.declared_at(), node.name(), network.name())
          .label(cluster.set_at("network"), "the cluster talks here")
          .help("give it one: `address." + std::string(network.name()) + " = auto`");
    }
  }
}

void check_unused_secrets(const RuleInput& input, diag::Diagnostics& diags) {
  if (diags.has_errors()) return;  // a use that is wrong itself is none yet
  std::set<std::uint32_t> used;
  for (const graph::Edge& edge : input.graph.edges) used.insert(edge.to.index);
  for (const View& secret : input.all("secret")) {
    if (secret.owner() || secret.is("secret-key") || used.contains(secret.id().index)) continue;
    diags.report(kUnusedSecret, secret.declared_at(), secret.name());
  }
}

}  // namespace hlab::rules
