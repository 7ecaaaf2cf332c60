#include "emit/nixos/emitter.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "compiler/base/listed.h"
#include "emit/core/secret_use.h"
#include "emit/nixos/nixos_diags.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

namespace {

/// Once for each cluster that machines join with nothing to show.
void check_tokens(EmitOutput& output, const NixosPlan& plan) {
  for (const model::View& cluster : plan.clusters) {
    if (cluster.has("token")) continue;
    std::vector<std::string> joining;
    for (const NixosMachine& machine : plan.machines) {
      const Membership& membership = machine.membership;
      if (machine.in_k3s() && !membership.first && membership.cluster.path() == cluster.path())
        joining.push_back(fmt::format("`{}`", machine.name()));
    }
    if (joining.empty()) continue;
    const std::string who = listed(joining, "and") + (joining.size() == 1 ? " joins" : " join");
    output.diags.report(kNoTokenOnNixos, cluster.declared_at(), who, cluster.path())
        .help("declare `secret join-token {}`, and say `token = join-token` here");
  }
}

void emit_nixos(const EmitInput& input, EmitOutput& output) {
  const NixosPlan plan = plan_nixos(input);
  if (plan.machines.empty()) return;
  check_networks(output, plan);
  check_tokens(output, plan);
  add_flake(input, output, plan);
  add_base_module(input, output, plan);
  add_people_module(input, output, plan);
  add_overlay_modules(input, output, plan);
  add_cluster_modules(input, output, plan);
  add_need_modules(input, output, plan);
  for (const NixosMachine& machine : plan.machines) add_host(input, output, plan, machine);
}

}  // namespace

const Emitter kNixosEmitter{"nixos", "A flake with a module for each machine that runs NixOS.",
                            emit_nixos};

}  // namespace hlab::emit
