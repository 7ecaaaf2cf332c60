#include "emit/core/shell_word.h"

namespace hlab::emit {
namespace {

constexpr std::string_view kHarmless =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+=,-";

}  // namespace

std::string shell_word(std::string_view text) {
  const bool harmless = !text.empty() &&
                        text.find_first_not_of(kHarmless) == std::string_view::npos;
  return harmless ? std::string(text) : shell_quoted(text);
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else if (c != '\0') {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace hlab::emit
