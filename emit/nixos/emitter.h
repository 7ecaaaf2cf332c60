// NixOS: a flake with a module for each machine that runs it.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kNixosEmitter;

}  // namespace hlab::emit
