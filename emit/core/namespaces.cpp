#include "emit/core/namespaces.h"

#include <algorithm>
#include <array>

namespace hlab::emit {

using model::View;

bool is_kubernetes_own(std::string_view nspace) {
  constexpr std::array<std::string_view, 4> kOwn = {"default", "kube-node-lease", "kube-public",
                                                    "kube-system"};
  return std::find(kOwn.begin(), kOwn.end(), nspace) != kOwn.end();
}

NamespaceLevels namespace_levels(const EmitInput& input) {
  constexpr std::array<std::string_view, 3> kMostDemandingFirst = {"privileged", "baseline",
                                                                   "restricted"};
  NamespaceLevels out;
  for (const std::string_view level : kMostDemandingFirst) {
    for (const View& service : input.all("workload")) {
      if (service.text("pod-security") != level) continue;
      out.emplace(std::pair(service.ref("cluster").id(), service.text("namespace")), level);
    }
  }
  return out;
}

}  // namespace hlab::emit
