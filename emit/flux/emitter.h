// What Flux reads: a Kustomization for each service, namespaces, releases of charts. Runs after the
// emitters of manifests: a Kustomization names a folder only if there is one.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kFluxEmitter;

}  // namespace hlab::emit
