#include "emit/vendored/schema_patterns.h"

#include <algorithm>
#include <utility>

namespace hlab::emit {
namespace {

/// Escapes that Go's patterns and ECMAScript's have in common; others are letters to one and not to the other.
bool is_common_escape(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool digit = c >= '0' && c <= '9';
  const bool ascii = c > ' ' && c <= '~';
  return ascii && !digit &&
         (!letter || std::string_view("dDwWsSbBtnrf").find(c) != std::string_view::npos);
}

/// `(?i)`, `(?P<name>`, `[[:alpha:]]`, `\pL` and `a{,3}` mean other things to the two.
bool is_read_alike(std::string_view pattern) {
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const std::string_view rest = pattern.substr(at);
    if (rest[0] == '\\') {
      if (rest.size() < 2 || !is_common_escape(rest[1])) return false;
      ++at;
    }
    if (rest.starts_with("(?") && !rest.starts_with("(?:")) return false;
    if (rest.starts_with("[:") || rest.starts_with("[.") || rest.starts_with("[=")) return false;
    if (rest.starts_with("[]") || rest.starts_with("[^]")) return false;
    if (rest[0] == '{' && (rest.size() < 2 || rest[1] < '0' || rest[1] > '9')) return false;
  }
  return true;
}

/// Where a line ends, and what `\w` and `\s` are beyond ASCII, differs.
bool is_plain_line(std::string_view text) {
  return text.size() <= values::Pattern::kLimit &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

std::optional<bool> SchemaPatterns::found_in(std::string_view text, const std::string& pattern) {
  if (!is_plain_line(text)) return std::nullopt;
  const auto [known, fresh] = compiled_.try_emplace(pattern);
  if (fresh && is_read_alike(pattern)) {
    values::Pattern compiled(pattern);
    if (compiled.problem().empty()) known->second = std::move(compiled);
  }
  if (!known->second) return std::nullopt;
  return known->second->found_in(text);
}

}  // namespace hlab::emit
