#include "emit/argocd/plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "emit/argocd/waves.h"

namespace hlab::emit::argocd {
namespace {

constexpr std::string_view kDefaultNamespace = "argocd";
constexpr std::string_view kSecurityLevels[] = {"privileged", "baseline", "restricted"};

/// Folders that hold a file themselves.
std::set<std::string> folders_of(const FileTree& tree) {
  std::set<std::string> out;
  for (const OutputFile* file : tree.sorted()) {
    const std::size_t slash = file->path.rfind('/');
    if (slash != std::string::npos) out.insert(file->path.substr(0, slash));
  }
  return out;
}

bool deploys(const View& gitops, const View& workload) {
  const View cluster = gitops.ref("engine").ref("cluster");
  return !cluster || workload.ref("cluster") == cluster;
}

/// Services that share a namespace get what the most demanding of them needs.
void share_security(std::vector<Deployed>& services) {
  std::map<std::string, std::string_view> weakest;
  for (const std::string_view level : kSecurityLevels) {
    for (const Deployed& service : services) {
      if (service.pod_security == level) weakest.emplace(service.nspace, level);
    }
  }
  for (Deployed& service : services) service.pod_security = weakest[service.nspace];
}

Plan plan_of(const EmitInput& input, EmitOutput& output, const View& gitops, const Waves& waves,
             const std::set<std::string>& folders) {
  Plan plan{input,
            output,
            layout_of(input),
            gitops,
            gitops.text("repo"),
            gitops.text("branch"),
            gitops.ref("engine").text("namespace"),
            {}};
  if (plan.nspace.empty()) plan.nspace = kDefaultNamespace;
  for (const View& service : input.all("workload")) {
    if (!service.ref("cluster") || !deploys(gitops, service)) continue;
    if (service.is("object") && service.ref("of")) continue;  // in that one's Application
    Deployed one{service,
                 std::string(service.name()),
                 service.text("namespace"),
                 service.text("layer"),
                 manifests_folder(plan.layout, service),
                 {},
                 service.text("pod-security"),
                 waves.of(service)};
    if (!folders.contains(one.manifests)) one.manifests.clear();
    if (service.is("helm")) one.values = values_path(plan.layout, service);
    if (!one.manifests.empty() || !one.values.empty()) plan.services.push_back(std::move(one));
  }
  share_security(plan.services);
  return plan;
}

}  // namespace

std::vector<Plan> plans(const EmitInput& input, EmitOutput& output) {
  std::vector<Plan> out;
  const Waves waves(input);
  const std::set<std::string> folders = folders_of(output.tree);
  for (const View& gitops : input.all("argocd")) {
    out.push_back(plan_of(input, output, gitops, waves, folders));
  }
  return out;
}

std::string chart_repository(const View& service) {
  std::string repo = service.ref("chart").text("repo");
  if (repo.starts_with("oci://")) repo.erase(0, std::string_view("oci://").size());
  return repo;
}

}  // namespace hlab::emit::argocd
