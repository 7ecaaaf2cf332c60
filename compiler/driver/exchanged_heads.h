// `alert kind {` for `kind alert {`, `shop app {` for `app shop {`: a head whose two words are exchanged is one
// mistake, though every use of what it was to declare misses it.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::driver {

/// Says of such a head how it is written, and takes away what is said of its uses.
void tell_exchanged_heads(const program::Program& program, const SourceMap& sources,
                          diag::Diagnostics& diags);

}  // namespace hlab::driver
