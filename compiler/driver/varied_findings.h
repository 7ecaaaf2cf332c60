// What is found in a site or test, as it is told there.
#pragma once

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// Of what `run`, the lab varied by `variation`, finds and `base` has not: what only the lab uses is no fault of the
/// site, and a mend does not change the lab for it.
void own_findings(const Compilation& base, Compilation& run, syntax::EntryId variation);

/// Whether both tell the same of the same place.
[[nodiscard]] bool tells_same(const diag::Diagnostic& a, const diag::Diagnostic& b);

}  // namespace hlab::driver
