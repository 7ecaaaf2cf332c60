#include "emit/gitops/under_flux.h"

#include <algorithm>
#include <iterator>

namespace hlab::emit::gitops {
namespace {

using model::View;

constexpr std::string_view kArgocd = "argocd.argoproj.io/";

/// Groups that every cluster has.
bool is_builtin(std::string_view group) {
  constexpr std::string_view kGroups[] = {"",
                                          "admissionregistration.k8s.io",
                                          "apiextensions.k8s.io",
                                          "apiregistration.k8s.io",
                                          "apps",
                                          "authentication.k8s.io",
                                          "authorization.k8s.io",
                                          "autoscaling",
                                          "batch",
                                          "certificates.k8s.io",
                                          "coordination.k8s.io",
                                          "discovery.k8s.io",
                                          "events.k8s.io",
                                          "flowcontrol.apiserver.k8s.io",
                                          "networking.k8s.io",
                                          "node.k8s.io",
                                          "policy",
                                          "rbac.authorization.k8s.io",
                                          "resource.k8s.io",
                                          "scheduling.k8s.io",
                                          "storage.k8s.io"};
  return std::find(std::begin(kGroups), std::end(kGroups), group) != std::end(kGroups);
}

}  // namespace

UnderFlux::UnderFlux(const EmitInput& input) {
  for (const View& gitops : input.all("flux")) {
    if (const View cluster = gitops.ref("cluster")) clusters_.insert(cluster.id().index);
  }
  if (clusters_.empty()) return;
  for (const View& workload : input.all("workload")) {
    for (const std::string& group : workload.texts("apis")) {
      bringers_.emplace(std::pair(workload.ref("cluster").id().index, group), workload.id().index);
    }
  }
}

bool UnderFlux::brings(const View& workload) const {
  const View cluster = workload.ref("cluster");
  return cluster && clusters_.contains(cluster.id().index);
}

std::string UnderFlux::folder_of(const Layout& layout, const View& service,
                                 std::string_view api_version) const {
  const std::string manifests = manifests_folder(layout, service);
  if (!service.is("helm") || !brings(service)) return manifests;
  const std::size_t slash = api_version.find('/');
  const std::string group(slash == std::string_view::npos ? "" : api_version.substr(0, slash));
  if (is_builtin(group)) return manifests;
  const auto bringer = bringers_.find({service.ref("cluster").id().index, group});
  const bool from_elsewhere = bringer != bringers_.end() && bringer->second != service.id().index;
  return from_elsewhere ? manifests : objects_folder(layout, service);
}

const std::pair<const std::string, std::string> kFluxKeeps{"kustomize.toolkit.fluxcd.io/prune",
                                                           "disabled"};

std::map<std::string, std::string, std::less<>> flux_annotations(
    const std::map<std::string, std::string, std::less<>>& annotations) {
  std::map<std::string, std::string, std::less<>> out;
  for (const auto& [name, text] : annotations) {
    if (!name.starts_with(kArgocd)) {
      out.emplace(name, text);
    } else if (text.find("Prune=false") != std::string::npos) {
      out.insert(kFluxKeeps);
    }
  }
  return out;
}

}  // namespace hlab::emit::gitops
