// `rule NAME { code = ... }` declarations of the library, read as what a diagnostic declares.
#pragma once

#include <deque>
#include <string>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::driver {

/// In the order of the source. The texts belong to the program's symbols.
[[nodiscard]] std::deque<diag::DiagInfo> library_rules(const program::Program& program);

/// Tells of each rule of the lab whose code or name another one has, of the lab or of hlab.
void report_doubled_rules(const program::Program& program, const SourceMap& sources,
                          diag::Diagnostics& diags);

/// Tells of each check of the lab that names none of them.
void report_checks_of_no_rule(const program::Program& program, const SourceMap& sources,
                              const std::deque<diag::DiagInfo>& rules, diag::Diagnostics& diags);

}  // namespace hlab::driver
