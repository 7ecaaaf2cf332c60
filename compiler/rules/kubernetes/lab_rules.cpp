#include "compiler/rules/kubernetes/lab_rules.h"

#include <fmt/format.h>

#include <algorithm>
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

namespace {

/// How the node gets an address in it. A module does not see the names of who imports it.
std::string way_in(const View& node, std::string_view field, const View& network) {
  const program::Lab& lab = node.lab();
  const program::Instance& named = lab.instances[network.id()];
  const std::string seen = program::seen_name(node.program(), named.module, named.name,
                                              lab.instances[node.id()].module);
  if (!seen.empty()) return fmt::format("give it one: `{}.{} = auto`", field, seen);
  return fmt::format(
      "the module of `{}` does not see `{}`: declare the two in one module, or the "
      "network in one that it imports",
      node.name(), network.name());
}

}  // namespace

void check_cluster_network(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& cluster : input.all("cluster")) {
    const View network = cluster.ref("network");
    if (!network) continue;
    for (const View& node : cluster.refs("nodes")) {
      const values::Value address = node.at("address", network);
      if (!address.is(values::ValueKind::absent)) continue;
      diags.report(kNoAddressInNetwork, node.declared_at(), node.name(), network.name())
          .label(cluster.set_at("network"), "the cluster talks here")
          .help(way_in(node, "address", network));
    }
  }
}

void check_dual_stack(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& cluster : input.all("cluster")) {
    const View network = cluster.ref("network");
    if (!network || !cluster.has("pod-cidr6")) continue;
    for (const View& node : cluster.refs("nodes")) {
      const values::Value first = node.at("address", network);
      if (first.is(values::ValueKind::absent)) continue;  // a rule of its own
      const bool second = node.at("address6", network).is(values::ValueKind::ip);
      if (second && first.is(values::ValueKind::ip)) continue;
      const std::string_view field = second ? "address" : "address6";
      diags
          .report(kNotDualStack, node.declared_at(), node.name(), second ? "IPv4" : "IPv6",
                  network.name())
          .label(cluster.set_at("pod-cidr6"), "the cluster has both families")
          .help(way_in(node, field, network));
    }
  }
}

namespace {

/// Services at the top of the lab that would be written, if it were known for which cluster.
std::vector<View> without_cluster(const RuleInput& input) {
  std::vector<View> out;
  for (const View& workload : input.all("workload")) {
    const bool written = workload.ref("cluster") || workload.top().flag("extern");
    if (!written && !workload.owner()) out.push_back(workload);
  }
  return out;
}

void label_others(const std::vector<View>& services, diag::Report& report) {
  constexpr std::size_t kShown = 4;
  for (std::size_t i = 1; i < std::min(services.size(), kShown); ++i)
    report.label(services[i].declared_at(), fmt::format("nor `{}`", services[i].path()));
}

void report_several(const std::vector<View>& services, const std::vector<View>& clusters,
                    diag::Diagnostics& diags) {
  const std::string who = services.size() == 1 ? fmt::format("`{}` does", services[0].path())
                                               : fmt::format("{} services do", services.size());
  auto report = diags.report(kSeveralClusters, services[0].declared_at(), who, clusters.size());
  label_others(services, report);
  report.help(fmt::format("say `cluster = {0}` of it, or of `lab` for all that say none",
                          clusters.front().name()));
}

}  // namespace

void check_without_cluster(const RuleInput& input, diag::Diagnostics& diags) {
  if (diags.has_errors()) return;  // what is wrong may be the cluster
  const std::vector<View> idle = without_cluster(input);
  if (idle.empty()) return;
  if (const auto clusters = input.all("cluster"); clusters.size() > 1)
    return report_several(idle, clusters, diags);
  auto report = diags.report(kNoCluster, idle[0].declared_at(),
                             idle.size() == 1
                                 ? fmt::format("nothing runs `{}`", idle[0].path())
                                 : fmt::format("nothing runs {} services", idle.size()));
  label_others(idle, report);
  const auto name_of = [&](std::string_view kind, std::string_view otherwise) {
    const auto found = input.all(kind);
    return found.empty() ? std::string(otherwise) : std::string(found.front().name());
  };
  report.note("nothing is written for what no cluster runs");
  report.help(fmt::format(
      "declare the cluster: `cluster home: k3s {{ version = \"v1.34.3+k3s1\"  servers = [{}]  "
      "network = {} }}`; or, without Kubernetes, say with a `host-service` what a machine runs",
      name_of("node", "NODE"), name_of("network", "NETWORK")));
}

void check_unused_issuers(const RuleInput& input, diag::Diagnostics& diags) {
  if (diags.has_errors()) return;  // a use that is wrong itself is none yet
  for (const View& issuer : input.all("issuer")) {
    if (issuer.owner()) continue;
    // Its operator knows of all issuers, whoever asks them.
    const View signer = issuer.ref("operator");
    const bool asked = std::any_of(
        input.graph.edges.begin(), input.graph.edges.end(), [&](const graph::Edge& edge) {
          return edge.to == issuer.id() && !(signer && edge.from == signer.id());
        });
    if (asked) continue;
    diags.report(kUnusedIssuer, issuer.declared_at(), issuer.name())
        .help(fmt::format("say it where a certificate is wanted: `issuer = {}`", issuer.name()));
  }
}

void check_machine_issuers(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& endpoint : input.all("endpoint")) {
    const View service = endpoint.top();
    if (!endpoint.ref("issuer") || endpoint.ref("ingress") || !service.is("host-service")) continue;
    // Said there, and not by a default for all of them.
    const program::Instance& declared = input.lab.instances[service.id()];
    const Span at = endpoint.set_at("issuer");
    const Span whole = declared.entry.valid() ? input.program.ast->entries[declared.entry].span
                                              : Span();
    if (at.file != whole.file || at.begin < whole.begin || at.end > whole.end) continue;
    diags.report(kMachineIssuer, at, endpoint.path(), endpoint.ref("issuer").path())
        .help("leave `issuer` away");
  }
}

void check_unused_secrets(const RuleInput& input, diag::Diagnostics& diags) {
  if (diags.has_errors()) return;  // a use that is wrong itself is none yet
  std::set<std::uint32_t> used;
  for (const graph::Edge& edge : input.graph.edges) used.insert(edge.to.index);
  for (const View& secret : input.all("secret")) {
    if (secret.owner() || secret.is("secret-key") || used.contains(secret.id().index)) continue;
    diags.report(kUnusedSecret, secret.declared_at(), secret.name())
        .help("name it where it is needed, or take it away");
  }
}

}  // namespace hlab::rules
