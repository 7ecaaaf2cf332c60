// One slip that several stages tell: a line that stands twice, one that is not there any more, a bracket too many or
// too few. The message nearest to the slip stays.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::driver {

/// Takes away the errors that tell a mistake again.
void keep_one_of_each_mistake(const SourceMap& sources, const syntax::Ast& ast,
                              diag::Diagnostics& diags);

}  // namespace hlab::driver
