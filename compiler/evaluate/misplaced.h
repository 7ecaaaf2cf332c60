// Entries that may not stand among the declarations of a lab, a site or a test.
#pragma once

#include "compiler/check/checker.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"

namespace hlab::evaluate {

enum class Among : std::uint8_t { lab, site, test };

/// Tells it; what was meant as a declaration and is none is noted, so that its name is not missed.
void report_misplaced(const program::Program& program, program::Lab& lab, check::Checker& checker,
                      const syntax::Entry& entry, Among place, diag::Diagnostics& diags);

}  // namespace hlab::evaluate
