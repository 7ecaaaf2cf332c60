// Applications, projects and the root Application of Argo CD, and the values of charts. Runs after
// the emitters of manifests: an Application names a folder only if there is one.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kArgocdEmitter;

}  // namespace hlab::emit
