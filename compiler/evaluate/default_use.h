// `default KIND { ... }` fills only what nobody else gives; one that fills nothing is told.
#pragma once

#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"

namespace hlab::evaluate {

/// Reports fields of the defaults that no settled instance took. Heads of `for` and `if` are passed over.
void report_unused_defaults(const program::Program& program, const program::Lab& lab,
                            const std::vector<syntax::EntryId>& defaults, diag::Diagnostics& diags);

/// Reports a field that two defaults of one kind set.
void report_doubled_defaults(const program::Program& program,
                             const std::vector<syntax::EntryId>& defaults,
                             diag::Diagnostics& diags);

}  // namespace hlab::evaluate
