// Words and signs of other languages where the grammar has no place for them, and how it is said here. Names that
// nothing has are told by `check/foreign_words.h`.
#pragma once

#include <string_view>

#include "compiler/syntax/token.h"

namespace hlab::syntax {

/// Help for a token where an entry should begin; "" where nothing is known.
std::string_view instead_of_entry(TokenType found);

/// `let x = 3`
bool names_variable(std::string_view word);

/// Help for a token that stands where the grammar wants something else, as messages call it.
std::string_view instead_of(std::string_view wanted, TokenType found);

/// The same, behind a word that says what was begun.
[[nodiscard]] std::string_view instead_after(std::string_view word, std::string_view wanted,
                                             TokenType found);

}  // namespace hlab::syntax
