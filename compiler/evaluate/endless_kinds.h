// Kinds of which none could ever be: each holds another one, by a field that nothing leaves out.
#pragma once

#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/program.h"

namespace hlab::evaluate {

/// Tells each circle of required fields once (HL3031), whether or not somebody declares one of its kinds.
/// By KindId, whether its required fields lead into such a circle; empty where there is none.
std::vector<bool> tell_endless_kinds(const program::Program& program, diag::Diagnostics& diags);

}  // namespace hlab::evaluate
