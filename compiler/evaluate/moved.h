// `moved from OLD`: what was handed out to a declaration stays its own under another name.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

/// Gives the known leases of old names to the new ones. Names that are still declared, or that two
/// declarations claim, are reported.
void follow_moves(const program::Program& program, const program::Lab& lab, Leases& known,
                  diag::Diagnostics& diags);

}  // namespace hlab::evaluate
