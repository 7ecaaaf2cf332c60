#include "emit/kubernetes/emitter.h"

#include "emit/kubernetes/workload.h"

namespace hlab::emit {
namespace {

using kubernetes::View;
using kubernetes::Workload;

std::vector<SecretUse> secrets_of(const std::vector<SecretUse>& uses, const std::string& folder) {
  std::vector<SecretUse> out;
  for (const SecretUse& use : uses) {
    const bool here = use.output.starts_with(folder + "/");
    if (use.target == SecretTarget::kubernetes && here) out.push_back(use);
  }
  return out;
}

/// An object may lie beside those of a service, under its name.
View owner_of(const View& workload) {
  const View service = workload.is("object") ? workload.ref("of") : View();
  return service ? service : workload;
}

void emit_workload(const Workload& workload) {
  if (workload.view.is("object")) return emit_any_object(workload);
  if (!names_fit(workload)) return;
  if (workload.view.is("container")) {
    emit_volume_claims(workload);
    emit_config_map(workload);
    emit_deployment(workload);
  }
  emit_services(workload);
  emit_ingresses(workload);
  emit_written_objects(workload);
  if (workload.view.is("manifests") && workload.view.has("from")) emit_copied_manifests(workload);
}

void emit(const EmitInput& input, EmitOutput& output) {
  const Layout layout = layout_of(input);
  const std::vector<SecretUse> uses = secret_uses(input);
  const gitops::UnderFlux flux(input);
  const auto labs = input.all("lab");
  const std::string lab = labs.empty() ? std::string() : std::string(labs.front().name());
  for (const View& view : input.all("workload")) {
    if (!view.ref("cluster")) continue;
    const std::string folder = manifests_folder(layout, view);
    const View owner = owner_of(view);
    emit_workload({input, output, view, std::string(owner.name()), view.text("namespace"), lab,
                   owner, flux, folder, secrets_of(uses, folder)});
  }
}

}  // namespace

const Emitter kKubernetesEmitter{"kubernetes", "objects of workloads", emit};

}  // namespace hlab::emit
