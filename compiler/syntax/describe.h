// Tokens in the words of messages.
#pragma once

#include <string>
#include <string_view>

#include "compiler/base/symbol.h"
#include "compiler/syntax/token.h"

namespace hlab::syntax {

/// "`}`", "the end of the line", "the name `lan`".
std::string describe(const Token& token, const SymbolTable& symbols);
/// "a name", "`=`": what a place wants.
std::string_view describe(TokenType type);

}  // namespace hlab::syntax
