#include "emit/scripts/emitter.h"

#include "emit/scripts/scripts.h"

namespace hlab::emit {

namespace {

void emit_scripts(const EmitInput& input, EmitOutput& output) {
  const BringUp plan = plan_bring_up(input);
  if (plan.empty()) return;
  add_steps(input, output, plan);
  add_bootstrap(input, output, plan);
  add_join(input, output, plan);
}

}  // namespace

const Emitter kScriptsEmitter{"scripts", "Scripts that bring the lab up and join machines to it.",
                              emit_scripts};

}  // namespace hlab::emit
