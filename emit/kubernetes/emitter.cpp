#include "emit/kubernetes/emitter.h"

#include <map>
#include <set>

#include "emit/kubernetes/workload.h"

namespace hlab::emit {
namespace {

using kubernetes::View;
using kubernetes::Workload;

/// Secrets of Kubernetes by the path of their file: there are thousands, and each workload asks for its own.
class SecretFiles {
 public:
  explicit SecretFiles(const std::vector<SecretUse>& uses) : uses_(uses) {
    for (std::size_t i = 0; i < uses.size(); ++i) {
      if (uses[i].target == SecretTarget::kubernetes) by_path_.emplace(uses[i].output, i);
    }
  }

  /// Those below the folder, in their own order.
  [[nodiscard]] std::vector<SecretUse> below(const std::string& folder) const {
    const std::string beginning = folder + "/";
    std::set<std::size_t> found;
    for (auto it = by_path_.lower_bound(beginning);
         it != by_path_.end() && it->first.starts_with(beginning); ++it)
      found.insert(it->second);
    std::vector<SecretUse> out;
    out.reserve(found.size());
    for (const std::size_t i : found) out.push_back(uses_[i]);
    return out;
  }

 private:
  const std::vector<SecretUse>& uses_;
  std::multimap<std::string, std::size_t> by_path_;
};

/// An object may lie beside those of a service, under its name.
View owner_of(const View& workload) {
  const View service = workload.is("object") ? workload.ref("of") : View();
  return service ? service : workload;
}

void emit_workload(const Workload& workload) {
  if (workload.view.is("object")) {
    emit_volume_claims(workload);
    return emit_any_object(workload);
  }
  if (!names_fit(workload)) return;
  emit_volume_claims(workload);
  if (workload.view.is("container")) {
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
  const SecretFiles files(uses);
  const gitops::UnderFlux flux(input);
  const auto labs = input.all("lab");
  const View lab = labs.empty() ? View() : labs.front();
  for (const View& view : input.all("workload")) {
    if (!view.ref("cluster")) continue;
    const std::string folder = manifests_folder(layout, view);
    const View owner = owner_of(view);
    emit_workload({input, output, view, std::string(owner.name()), view.text("namespace"), lab,
                   owner, flux, folder, files.below(folder)});
  }
}

}  // namespace

const Emitter kKubernetesEmitter{"kubernetes", "objects of workloads", emit};

}  // namespace hlab::emit
