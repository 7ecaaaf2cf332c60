// What outputs get of a value while a part of it is not learned yet.
#pragma once

#include "compiler/program/lab.h"
#include "compiler/values/value.h"

namespace hlab::evaluate {

/// Notes in `Lab::known_parts` what is left of lists, maps and trees without the entries that wait for `hlab learn`. A record
/// that lacks what it must have waits as a whole. Addresses by network stay: that there will be one is known.
void note_known_parts(const program::Program& program, program::Lab& lab, values::Heap& heap);

}  // namespace hlab::evaluate
