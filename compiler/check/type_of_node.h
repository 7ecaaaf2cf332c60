// Types and kinds as written, made into ids.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/program/program.h"

namespace hlab::check {

/// The kind that a dotted path names, seen from `module`; reports and gives none when unknown.
program::KindId find_kind(const program::Program& program, program::ModuleId module, Range path,
                          diag::Diagnostics& diags, bool begins_entry = false);

/// `container`, `helm` ...: what people write where a kind of this family is wanted; "" where there are none, or many.
std::string family_text(const program::Program& program, program::KindId family);

/// `std.hw.pi5` of a run of path names.
std::string dotted(const program::Program& program, Range path);

/// Whether the word means a type of the language wherever a type stands.
bool is_type_name(std::string_view name);

program::TypeId type_of_node(program::Program& program, program::ModuleId module,
                             syntax::TypeNodeId node, diag::Diagnostics& diags);

/// No kind has that name, dotted or not: the nearest one, or how it is said here.
void report_unknown_kind(const program::Program& program, program::ModuleId module,
                         std::string_view name, Span at, diag::Diagnostics& diags,
                         bool begins_entry = false);

}  // namespace hlab::check
