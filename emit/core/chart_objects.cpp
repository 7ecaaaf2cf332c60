#include "emit/core/chart_objects.h"

#include <algorithm>
#include <iterator>

namespace hlab::emit {
namespace {

using model::View;

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

ChartObjects::ChartObjects(const EmitInput& input) {
  for (const View& workload : input.all("workload")) {
    for (const std::string& group : workload.texts("apis")) {
      bringers_.emplace(std::pair(workload.ref("cluster").id().index, group), workload.id().index);
    }
  }
}

bool ChartObjects::follows(const View& service, std::string_view api_version) const {
  const std::size_t slash = api_version.find('/');
  const std::string group(slash == std::string_view::npos ? "" : api_version.substr(0, slash));
  if (is_builtin(group)) return false;
  const auto bringer = bringers_.find({service.ref("cluster").id().index, group});
  return bringer == bringers_.end() || bringer->second == service.id().index;
}

}  // namespace hlab::emit
