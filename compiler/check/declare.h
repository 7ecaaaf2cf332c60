// Takes the Ast, gives the Program's kinds, records and functions with the types of their fields.
// Bodies are looked at later, by check.h.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::check {

/// Declares the files from `first_file` on (earlier ones are already in `program`).
void declare(program::Program& program, const SourceMap& sources, std::size_t first_file,
             diag::Diagnostics& diags);

}  // namespace hlab::check
