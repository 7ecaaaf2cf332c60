// A list or one value where a map is wanted: its entries have names.
#pragma once

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::check {

/// `env = ["A=1"]` is `env.A = "1"`, `port = [80]` is `port.first = 80`.
void name_entries(diag::Report& report, const SourceMap& sources, const syntax::Ast& ast,
                  const syntax::Expr& value);

}  // namespace hlab::check
