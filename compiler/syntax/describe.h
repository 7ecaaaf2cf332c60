// Tokens in the words of messages.
#pragma once

#include <string>
#include <string_view>

#include "compiler/base/symbol.h"
#include "compiler/syntax/token.h"

namespace hlab::syntax {

/// "`}`", "the end of the line", "the name `lan`".
std::string describe(const Token& token, const SymbolTable& symbols);
/// Whether nothing can be called so: `if`, `in`, `true`.
[[nodiscard]] bool is_word_of_language(std::string_view word);
/// "a name", "`=`": what a place wants.
std::string_view describe(TokenType type);

}  // namespace hlab::syntax
