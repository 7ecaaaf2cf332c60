// ASCII character classes that do not ask the locale, and how messages show a character.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hlab::values {

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

/// The character at `at` in backquotes, whole even when it has several bytes; control characters,
/// spaces and broken UTF-8 by name.
inline std::string shown_character(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == ' ') return "a space";
  if (c == '\n') return "a line break";
  if (c == '\t') return "a tab";
  if (is_control(c)) return "a control character";
  std::size_t size = 1;
  if (!is_ascii(c)) {
    while (at + size < text.size() &&
           (static_cast<unsigned char>(text[at + size]) & 0xc0u) == 0x80u) {
      ++size;
    }
    if (size == 1 || size > 4) return "a byte that is no character";
  }
  return "`" + std::string(text.substr(at, size)) + "`";
}

inline std::string in_quotes(std::string_view text) { return "`" + std::string(text) + "`"; }

/// Code points of a text that is UTF-8.
inline std::int64_t character_count(std::string_view text) {
  std::int64_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0u) == 0x80u ? 0 : 1;
  return count;
}

/// Cuts the text before the next `separator` off the front of `rest`; all of it when there is none.
inline std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

}  // namespace hlab::values
