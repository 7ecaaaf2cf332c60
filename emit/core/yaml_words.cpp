#include "emit/core/yaml_words.h"

#include <algorithm>
#include <array>

namespace hlab::emit {
namespace {

constexpr std::size_t kLongest = 9;  // "undefined"
using Lower = std::array<char, kLongest>;

std::string_view to_lower(std::string_view text, Lower& into) {
  std::transform(text.begin(), text.end(), into.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return {into.data(), text.size()};
}

/// Nearly every text is none of these words, which its first letter tells.
bool may_be_word(char first) {
  return std::string_view("YNTFOIUyntfoiu").find(first) != std::string_view::npos;
}

constexpr std::array<std::string_view, 15> kReserved = {
    "y",    "n",   "yes", "no",   "on",  "off",       "true",    "false",
    "null", "nan", "inf", "none", "nil", "undefined", "infinity"};

}  // namespace

bool is_reserved_word(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() > kLongest || !may_be_word(text.front())) return false;
  Lower buffer;
  const std::string_view lower = to_lower(text, buffer);
  return std::find(kReserved.begin(), kReserved.end(), lower) != kReserved.end();
}

}  // namespace hlab::emit
