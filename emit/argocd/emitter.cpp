#include "emit/argocd/emitter.h"

#include "emit/argocd/plan.h"

namespace hlab::emit {
namespace {

void emit(const EmitInput& input, EmitOutput& output) {
  argocd::emit_values(input, output, layout_of(input));
  for (const argocd::Plan& plan : argocd::plans(input, output)) {
    for (const argocd::Deployed& deployed : plan.services) emit_application(plan, deployed);
    emit_projects(plan);
    emit_root(plan);
  }
}

}  // namespace

const Emitter kArgocdEmitter{"argocd", "Applications, projects and values of charts", emit};

}  // namespace hlab::emit
