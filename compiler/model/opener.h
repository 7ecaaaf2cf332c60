// Who opens secrets in a cluster.
#pragma once

#include "compiler/model/view.h"

namespace hlab::model {

/// The operator of the secret's store where that runs in the cluster, else one that does; none where
/// nobody does, or a GitOps engine.
[[nodiscard]] View opener_in(const View& secret, const View& cluster);

}  // namespace hlab::model
