#include "emit/gitops/under_flux.h"

namespace hlab::emit::gitops {
namespace {

using model::View;

constexpr std::string_view kArgocd = "argocd.argoproj.io/";

}  // namespace

UnderFlux::UnderFlux(const EmitInput& input) : charts_(input) {
  for (const View& gitops : input.all("flux")) {
    if (const View cluster = gitops.ref("cluster")) clusters_.insert(cluster.id().index);
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
  return charts_.follows(service, api_version) ? objects_folder(layout, service) : manifests;
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
