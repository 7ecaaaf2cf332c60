// Workloads of a cluster as plain Kubernetes objects, one object a file.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kKubernetesEmitter;

}  // namespace hlab::emit
