#include "emit/gitops/deployed.h"

#include <map>
#include <set>

#include "emit/core/namespaces.h"

namespace hlab::emit::gitops {
namespace {

using model::View;
using program::InstanceId;

/// Folders that hold a file themselves.
std::set<std::string> folders_of(const FileTree& tree) {
  std::set<std::string> out;
  for (const OutputFile* file : tree.sorted()) {
    const std::size_t slash = file->path.rfind('/');
    if (slash != std::string::npos) out.insert(file->path.substr(0, slash));
  }
  return out;
}

std::string existing(const std::set<std::string>& folders, std::string path) {
  return folders.contains(path) ? path : "";
}

}  // namespace

std::vector<Deployed> deployed_in(const EmitInput& input, const FileTree& tree,
                                  const View& cluster) {
  std::vector<Deployed> out;
  const Layout layout = layout_of(input);
  const std::set<std::string> folders = folders_of(tree);
  const NamespaceLevels levels = namespace_levels(input);
  for (const View& service : input.all("workload")) {
    if (!service.ref("cluster") || (cluster && !(service.ref("cluster") == cluster))) continue;
    if (service.is("object") && service.ref("of")) continue;
    Deployed one{service,
                 std::string(service.name()),
                 service.text("namespace"),
                 service.text("layer"),
                 existing(folders, manifests_folder(layout, service)),
                 existing(folders, objects_folder(layout, service)),
                 service.is("helm") ? values_path(layout, service) : "",
                 levels.at({service.ref("cluster").id(), service.text("namespace")})};
    if (!one.manifests.empty() || !one.objects.empty() || !one.values.empty())
      out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::vector<const Deployed*>> needs_of(const EmitInput& input,
                                                   const std::vector<Deployed>& services) {
  std::map<InstanceId, const Deployed*> known;
  for (const Deployed& service : services) known.emplace(service.service.id(), &service);
  std::map<InstanceId, std::set<InstanceId>> below;
  for (const InstanceId id : input.graph.in_start_order()) {
    std::set<InstanceId>& nearest = below[id];
    for (const graph::Edge* edge : input.graph.needs_of(id)) {
      if (edge->mode != graph::EdgeMode::start) continue;
      if (known.contains(edge->to)) {
        nearest.insert(edge->to);
      } else {
        const auto& there = below[edge->to];
        nearest.insert(there.begin(), there.end());
      }
    }
  }
  std::vector<std::vector<const Deployed*>> out(services.size());
  for (std::size_t i = 0; i < services.size(); ++i) {
    for (const InstanceId id : below[services[i].service.id()]) out[i].push_back(known.at(id));
  }
  return out;
}

}  // namespace hlab::emit::gitops
