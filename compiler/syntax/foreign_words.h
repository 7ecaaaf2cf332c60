// Words and signs of other languages where the grammar has no place for them, and how it is said here. Names that
// nothing has are told by `check/foreign_words.h`.
#pragma once

#include <string_view>

#include "compiler/syntax/token.h"

namespace hlab::syntax {

/// Help for a token where an entry should begin; "" where nothing is known. `before` and `behind` are the text
/// around it.
std::string_view instead_of_entry(TokenType found, std::string_view before,
                                  std::string_view behind);

/// The same behind an entry that has a value, and that the token was to go on with; `behind` begins with it.
[[nodiscard]] std::string_view instead_of_more(TokenType found, std::string_view behind);

/// `let x = 3`
bool names_variable(std::string_view word);

/// A token that stands where the grammar wants something else, as messages call it.
struct Unfit {
  std::string_view wanted;
  TokenType found = TokenType::unexpected;
  std::string_view before;  // on its line
  std::string_view behind;  // from it to the end of the line
};

[[nodiscard]] std::string_view instead_of(const Unfit& unfit);

}  // namespace hlab::syntax
