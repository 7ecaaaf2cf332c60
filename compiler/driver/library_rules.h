// `rule NAME { code = ... }` declarations of the library, read as what a diagnostic declares.
#pragma once

#include <deque>
#include <string>

#include "compiler/diag/diag.h"
#include "compiler/program/program.h"

namespace hlab::driver {

/// In the order of the source. The texts belong to the program's symbols.
[[nodiscard]] std::deque<diag::DiagInfo> library_rules(const program::Program& program);

}  // namespace hlab::driver
