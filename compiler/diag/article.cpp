#include "compiler/diag/article.h"

namespace hlab::diag {

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() &&
                     std::string_view("aeioAEIO").find(noun.front()) != std::string_view::npos;
  const bool up = noun.starts_with("up") || noun.starts_with("un");  // but "a user", "a unit"
  const bool an = vowel || (up && !noun.starts_with("uni"));
  return std::string(an ? "an " : "a ").append(noun);
}

}  // namespace hlab::diag
