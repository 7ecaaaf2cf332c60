// What this target cannot do, found before anything is written.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "emit/ansible/ansible_diags.h"
#include "emit/ansible/project_files.h"
#include "emit/k3s/k3s_config.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr std::string_view kTaken[] = {kAllHosts,     "ungrouped",   kDiskGroup,
                                       kServerGroup,  kAgentGroup,   kBoardGroup,
                                       kStorageGroup, kServiceGroup, kOverlayGroup};

void check_host(EmitOutput& output, const AnsibleHost& host) {
  const View& node = host.node;
  if (is_group_of_inventory(host.name())) {
    output.diags.report(kHostLikeGroup, node.declared_at(), host.name());
  }
  if (!host.in_k3s()) return;
  check_k3s_config(output, host.membership.cluster);
}

}  // namespace

bool is_group_of_inventory(std::string_view name) {
  return std::find(std::begin(kTaken), std::end(kTaken), name) != std::end(kTaken);
}

void check_lab(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan) {
  std::set<std::string> told;
  for (const AnsibleHost& host : plan.hosts) {
    check_host(output, host);
    if (!host.in_k3s()) continue;
    const View& cluster = host.membership.cluster;
    // A machine alone makes a token of its own; a cluster without one is told once.
    const bool joins = !cluster.has("token") && cluster.refs("nodes").size() > 1;
    if (joins && told.insert(cluster.path()).second) {
      output.diags.report(kNoJoinToken, cluster.declared_at(), cluster.path(), host.node.path())
          .help("declare `secret join-token {}`, and say `token = join-token` here");
    }
  }
  for (const View& service : input.all("host-service")) {
    for (const View& node : service.refs("on")) {
      if (!runs_nixos(node)) continue;
      output.diags.report(kHostServiceOnNixos, service.set_at("on"), service.path(), node.path())
          .help(fmt::format("NixOS has modules of its own: say it in `nix` of `{}`, in their words",
                            node.path()));
    }
  }
}

}  // namespace hlab::emit
