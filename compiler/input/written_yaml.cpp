#include "compiler/input/written_yaml.h"

#include <algorithm>
#include <optional>

namespace hlab::input {
namespace {

/// Behind `&anchor` and `!tag`.
std::size_t behind_properties(std::string_view source, std::size_t at) {
  constexpr std::string_view kBlanks = " \t\r\n";
  while (at < source.size() && (source[at] == '&' || source[at] == '!')) {
    at = std::min(source.find_first_of(kBlanks, at), source.size());
    at = std::min(source.find_first_not_of(kBlanks, at), source.size());
  }
  return at;
}

/// Behind the quote that ends a text; none where it does not end.
std::optional<std::size_t> behind_quoted(std::string_view source, std::size_t at) {
  const char quote = source[at];
  for (std::size_t i = at + 1; i < source.size(); ++i) {
    if (quote == '"' && source[i] == '\\') {
      ++i;
    } else if (source[i] == quote) {
      if (quote == '"' || i + 1 >= source.size() || source[i + 1] != quote) return i + 1;
      ++i;  // '' is one
    }
  }
  return std::nullopt;
}

/// `? key`, whose colon stands on the next line.
bool is_behind_question(std::string_view source, std::size_t at) {
  const std::size_t last = source.substr(0, at).find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && source[last] == '?';
}

/// Nothing more stands on the line.
bool is_line_over(std::string_view source, std::size_t at) {
  const std::size_t next = source.find_first_not_of(" \t", at);
  return next == std::string_view::npos || source[next] == '\n' || source[next] == '\r' ||
         source[next] == '#';
}

}  // namespace

bool is_left_out(std::string_view source, std::size_t at) {
  return at < source.size() && (source[at] == ',' || source[at] == ']');
}

WrittenScalar written_scalar(std::string_view source, std::size_t at, std::string_view text) {
  WrittenScalar written;
  const std::size_t begin = behind_properties(source, at);
  if (begin >= source.size()) return written;
  std::size_t end = begin + text.size();
  if (source[begin] == '"' || source[begin] == '\'') {
    const auto behind = behind_quoted(source, begin);
    written.is_open = !behind;
    if (!behind) return written;
    end = *behind;
  } else if (!source.substr(begin).starts_with(text)) {
    return written;  // of several lines
  }
  written.lacks_colon = is_line_over(source, end) && !is_behind_question(source, at);
  return written;
}

}  // namespace hlab::input
