#include "emit/nixos/emitter.h"

#include "emit/core/secret_use.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

namespace {

void emit_nixos(const EmitInput& input, EmitOutput& output) {
  const NixosPlan plan = plan_nixos(input);
  if (plan.machines.empty()) return;
  check_networks(output, plan);
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
