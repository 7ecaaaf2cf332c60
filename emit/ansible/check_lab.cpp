// What this target cannot do, found before anything is written.
#include <algorithm>

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
  if (std::find(std::begin(kTaken), std::end(kTaken), host.name()) != std::end(kTaken)) {
    output.diags.report(kHostLikeGroup, node.declared_at(), host.name());
  }
  if (!host.in_k3s()) return;
  const View& cluster = host.membership.cluster;
  // A machine alone makes a token of its own.
  if (!cluster.has("token") && cluster.refs("nodes").size() > 1) {
    output.diags.report(kNoJoinToken, cluster.declared_at(), cluster.path(), node.path());
  }
  check_k3s_config(output, cluster);
}

}  // namespace

void check_lab(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan) {
  for (const AnsibleHost& host : plan.hosts) check_host(output, host);
  for (const View& service : input.all("host-service")) {
    for (const View& node : service.refs("on")) {
      if (!runs_nixos(node)) continue;
      output.diags.report(kHostServiceOnNixos, service.set_at("on"), service.path(), node.path());
    }
  }
}

}  // namespace hlab::emit
