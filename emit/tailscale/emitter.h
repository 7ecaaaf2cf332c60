// The access policy of the tailnet: who may reach whom, and the tests that hold it to that.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kTailscaleEmitter;

}  // namespace hlab::emit
