// Takes one file of the SourceMap, gives its entries in the Ast. The ANTLR runtime lives and dies
// behind this header. Every error becomes a diagnostic; what could be parsed is kept.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/base/symbol.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::syntax {

struct ParseLimits {
  std::uint32_t max_tokens = 10'000'000;
  std::uint32_t max_nesting = 256;  // brackets, braces, parentheses and interpolations
};

/// Appends the file to `ast.files`. When `comments` is given, they are collected for the formatter.
void parse(const SourceMap& sources, FileId file, SymbolTable& symbols, Ast& ast,
           diag::Diagnostics& diags, const ParseLimits& limits = {},
           std::vector<Comment>* comments = nullptr);

/// The literal that a text would be without its quotes; none where it would be none, or more than one.
std::optional<LiteralKind> literal_in(std::string_view text);

/// One expression, as `hlab eval` and tests need it; none when it does not parse.
ExprId parse_expression(const SourceMap& sources, FileId file, SymbolTable& symbols, Ast& ast,
                        diag::Diagnostics& diags);

}  // namespace hlab::syntax
