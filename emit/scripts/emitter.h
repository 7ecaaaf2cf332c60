// Scripts that bring the lab up and join machines to it.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kScriptsEmitter;

}  // namespace hlab::emit
