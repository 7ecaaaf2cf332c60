#include "emit/core/yaml_scalar.h"

#include <algorithm>

#include "compiler/base/utf8.h"
#include "emit/core/escape.h"
#include "emit/core/yaml_words.h"

namespace hlab::emit {
namespace {

/// Not where a line ends in a blank: linters complain of it, and an editor may take it away.
bool fits_literal(std::string_view text) {
  if (text.find_first_not_of('\n') == std::string_view::npos) return false;
  const auto ends_blank = [&](std::size_t end) { return end > 0 && text[end - 1] == ' '; };
  for (std::size_t at = 0; at < text.size();) {
    if (has_class(text[at], kVerbatim) || text[at] == '"' || text[at] == '\\') {
      ++at;
      continue;
    }
    const CodePoint c = decode_utf8(text, at);
    if (!fits_literal_block(c.value)) return false;
    if (c.value == '\n' && ends_blank(at)) return false;
    at += c.size;
  }
  return !ends_blank(text.size());
}

std::string_view chomping(std::string_view text) {
  if (text.back() != '\n') return "-";
  return text.size() >= 2 && text[text.size() - 2] == '\n' ? "+" : "";
}

}  // namespace

bool fits_plain(std::string_view text) {
  if (text.empty() || !has_class(text.front(), kPlainFirst)) return false;
  if (!std::all_of(text.begin(), text.end(), [](char c) { return has_class(c, kPlainRest); })) {
    return false;
  }
  return !is_reserved_word(text);
}

ScalarStyle scalar_style(std::string_view text) {
  if (fits_plain(text)) return ScalarStyle::plain;
  const bool several_lines = text.find('\n') != std::string_view::npos;
  return several_lines && fits_literal(text) ? ScalarStyle::literal : ScalarStyle::quoted;
}

std::uint32_t append_literal(std::string& out, std::string_view text, std::size_t indent) {
  out += '|';
  // Without the digit a reader would take the indentation from the first line that has some.
  if (text.front() == ' ' || text.front() == '\n') out += '2';
  out += chomping(text);
  out += '\n';
  std::uint32_t breaks = 1;
  if (text.back() == '\n') text.remove_suffix(1);
  while (true) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) out.append(indent, ' ').append(line);
    out += '\n';
    ++breaks;
    if (end == std::string_view::npos) return breaks;
    text.remove_prefix(end + 1);
  }
}

bool looks_templated(std::string_view text) {
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    if (at + 1 == text.size()) return false;
    const char next = text[at + 1];
    if (next == '{' || next == '%' || next == '#') return true;
  }
  return false;
}

}  // namespace hlab::emit
