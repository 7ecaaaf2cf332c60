// Names with dots in them: two things must not have one path.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"

namespace hlab::evaluate {

/// Tells where `sub."b.part.c"` and `sub.b.part.c` are the same to everybody: what is generated and leased is
/// known by its path. To be asked once all instances are settled.
void report_shared_paths(const program::Program& program, const program::Lab& lab,
                         diag::Diagnostics& diags);

}  // namespace hlab::evaluate
