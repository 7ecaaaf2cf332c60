#include "emit/flux/emitter.h"

#include "compiler/values/scalar_text.h"
#include "emit/flux/plan.h"

namespace hlab::emit {
namespace {

std::string folder_of(const model::View& gitops) {
  std::string path = gitops.text("path");
  while (path.starts_with("./")) path.erase(0, 2);
  while (path.ends_with('/')) path.pop_back();
  return path;
}

void emit(const EmitInput& input, EmitOutput& output) {
  for (const model::View& gitops : input.all("flux")) {
    flux::emit_releases(input, output, gitops);
    const flux::Plan plan{input,
                          output,
                          layout_of(input),
                          gitops,
                          folder_of(gitops),
                          values::go_duration(gitops.number("interval")),
                          gitops::deployed_in(input, output.tree, gitops.ref("cluster"))};
    emit_namespaces(plan);
    emit_kustomizations(plan);
  }
}

}  // namespace

const Emitter kFluxEmitter{"flux", "Kustomizations, namespaces and releases of charts for Flux",
                           emit};

}  // namespace hlab::emit
