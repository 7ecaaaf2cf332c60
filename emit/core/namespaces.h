// Namespaces of clusters: whose they are, and what pods may do there.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "emit/core/emitter.h"

namespace hlab::emit {

/// Kubernetes makes it itself and its own pods may run there: nobody else limits it.
[[nodiscard]] bool is_kubernetes_own(std::string_view nspace);

/// By cluster and namespace the Pod Security level: as much as the most demanding workload needs.
using NamespaceLevels = std::map<std::pair<program::InstanceId, std::string>, std::string>;

[[nodiscard]] NamespaceLevels namespace_levels(const EmitInput& input);

}  // namespace hlab::emit
