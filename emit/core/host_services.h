// When services outside of clusters are set up: in stages, each on all its machines at once.
#pragma once

#include <vector>

#include "emit/core/emitter.h"

namespace hlab::emit {

struct HostServices {
  /// Set up before any cluster, for one of them waits for it.
  std::vector<std::vector<model::View>> first;
  /// Set up with the machines, before any service of a cluster.
  std::vector<std::vector<model::View>> early;
  /// Those that need a service of a cluster, once it runs.
  std::vector<std::vector<model::View>> late;
};

/// Those that run on a machine of Ansible, by what they need; by name within a stage.
[[nodiscard]] HostServices host_services(const EmitInput& input);

}  // namespace hlab::emit
