// `moved from OLD`: what was handed out to a declaration stays its own under another name.
#pragma once

#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

/// Gives the known leases of old names to the new ones. Names that are still there, that two
/// declarations claim, or that are nobody's to change are reported.
void follow_moves(const program::Program& program, const program::Lab& lab,
                  const std::vector<Evaluator::Move>& moves, Leases& known,
                  diag::Diagnostics& diags);

/// Those that came when values were computed: of records that have no name.
void report_late_moves(const program::Program& program, const std::vector<Evaluator::Move>& moves,
                       std::size_t followed, diag::Diagnostics& diags);

}  // namespace hlab::evaluate
