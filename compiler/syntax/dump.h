// The syntax tree as text, for tests: one entry a line, expressions with all their brackets.
#pragma once

#include <string>

#include "compiler/base/symbol.h"
#include "compiler/syntax/ast.h"

namespace hlab::syntax {

std::string dump(const Ast& ast, const SymbolTable& symbols, const FileRoot& file);
std::string dump(const Ast& ast, const SymbolTable& symbols, ExprId expr);

}  // namespace hlab::syntax
