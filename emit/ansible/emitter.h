// An Ansible project for every machine that runs Debian or one of its kin.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kAnsibleEmitter;

}  // namespace hlab::emit
