// `rule NAME { code = ... }` declarations of the library and the lab, read as what a diagnostic declares.
#pragma once

#include <deque>
#include <string>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::driver {

/// In the order of the source. Before values are computed, the texts of those that are plain. They belong to the
/// symbols of the program and the values of the lab.
[[nodiscard]] std::deque<diag::DiagInfo> declared_rules(const program::Program& program,
                                                        const program::Lab& lab);

/// Whether an error was found in a rule of the lab: it may not be there for that.
[[nodiscard]] bool has_broken_rule(const program::Program& program, const diag::Diagnostics& diags);

/// Tells of each rule of the lab whose code or name another one has, of the lab or of hlab.
void report_doubled_rules(const program::Program& program, const program::Lab& lab,
                          const SourceMap& sources, diag::Diagnostics& diags);

/// Tells of each check of the lab that names none of them.
void report_checks_of_no_rule(const program::Program& program, const SourceMap& sources,
                              const std::deque<diag::DiagInfo>& rules, diag::Diagnostics& diags);

}  // namespace hlab::driver
