// What comes of a mistake of syntax. Where a line was not understood, what else is said of it, and of what it was
// to declare, is the same mistake told again.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::driver {

/// Takes away the errors that are no mistakes of their own.
void drop_follow_ups(const SourceMap& sources, const syntax::Ast& ast, diag::Diagnostics& diags);

}  // namespace hlab::driver
