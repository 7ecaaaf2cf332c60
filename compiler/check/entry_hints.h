// A list or one value where a map is wanted: its entries have names.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::check {

/// `env = ["A=1"]` is `env.A = "1"`, `port = [80]` is `port.first = 80`.
void name_entries(diag::Report& report, const SourceMap& sources, const syntax::Ast& ast,
                  const syntax::Expr& value);

/// The same of a map whose keys are declarations of a kind: `address.lan = 10.0.0.2`. `names`: those
/// that there are.
void key_by_declaration(diag::Report& report, const SourceMap& sources, const syntax::Expr& value,
                        std::string_view kind, const std::vector<std::string_view>& names);

}  // namespace hlab::check
