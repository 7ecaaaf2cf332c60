// README.md of the output: what was generated, who is where, how to bring it up.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kReadmeEmitter;

}  // namespace hlab::emit
