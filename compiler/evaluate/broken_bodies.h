// Whose bodies are broken: what an instance lacks there may only be misspelt.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/syntax/ast.h"

namespace hlab::evaluate {

/// Whether an error found so far may be why the instance lacks a field. It is not where all of them stand in bodies of
/// other declarations that make instances.
[[nodiscard]] bool may_be_misspelt(const syntax::Ast& ast, const program::Lab& lab,
                                   program::InstanceId instance, const diag::Diagnostics& diags);

/// The same of a value that is set at that place.
[[nodiscard]] bool may_be_misspelt(const syntax::Ast& ast, Span at, const diag::Diagnostics& diags);

}  // namespace hlab::evaluate
