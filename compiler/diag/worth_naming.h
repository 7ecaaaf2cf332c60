// How long near names are looked for: each search goes through all names, and of so many findings few are shown.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/diag/fold_repeats.h"

namespace hlab::diag {

inline bool worth_naming(const Diagnostics& diags) { return diags.size() <= 3 * kMostOfCode; }

}  // namespace hlab::diag
