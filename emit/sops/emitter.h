// Ciphertext that a person committed, for every target, and the rules by which more of it is made.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kSopsEmitter;

}  // namespace hlab::emit
