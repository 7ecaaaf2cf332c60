// Names that stand behind a module's: `office.wiki`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/program.h"

namespace hlab::check {

/// Says that what `declared` is cannot be named at `at`.
void report_hidden(const program::Program& program, program::EntryId declared,
                   program::ModuleId home, Span at, diag::Diagnostics& diags);
/// The module in words: `office`, "the lab's own module".
std::string module_name(const program::Program& program, program::ModuleId module);
/// The kinds of a module that may be named in `from`.
std::vector<std::string_view> names_behind(const program::Program& program,
                                           program::ModuleId module, program::ModuleId from);
/// Proposes a module for the first names of `dotted`.
void suggest_module(const program::Program& program, program::ModuleId from,
                    std::string_view dotted, diag::Report& report);

}  // namespace hlab::check
