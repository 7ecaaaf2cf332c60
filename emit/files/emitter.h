// Files that the lab spells out itself: texts, and trees as YAML or JSON.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit {

extern const Emitter kFilesEmitter;

}  // namespace hlab::emit
