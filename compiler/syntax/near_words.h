// Words of the language that are misspelt, looked for where a line was not understood: the word near which one stands
// is told, and not the place where the line came to an end because of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hlab::syntax {

struct NearWord {
  std::uint32_t begin = 0;  // of what is written
  std::uint32_t end = 0;
  std::string_view word;
};

/// A word that begins an entry, before `at` on its line, where what stands behind it fits the word.
[[nodiscard]] std::optional<NearWord> near_entry_word(std::string_view text, std::uint32_t at);

/// The word that stands at `at` where the grammar wants one of the words that `wanted` names.
[[nodiscard]] std::optional<NearWord> near_middle_word(std::string_view text, std::uint32_t at,
                                                       std::string_view wanted);

/// `mtach x { a => 1 }`, told at the arrow.
[[nodiscard]] std::optional<NearWord> near_match(std::string_view text, std::uint32_t at);

}  // namespace hlab::syntax
