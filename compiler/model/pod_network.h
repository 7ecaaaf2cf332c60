// What K3s' own network of pods needs of machines.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::model {

/// UDP ports by which nodes of the cluster hand packets of pods to each other. With WireGuard each family has a tunnel of its own.
[[nodiscard]] std::vector<std::int64_t> flannel_ports(const View& cluster);

}  // namespace hlab::model
