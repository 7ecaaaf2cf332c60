#include "emit/core/escape.h"

#include <charconv>

#include "compiler/base/utf8.h"

namespace hlab::emit {
namespace {

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> table{};
  for (int c = 0x20; c < 0x7f; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    const bool joiner = c == '_' || c == '.' || c == '-';
    std::uint8_t bits = 0;
    if (letter || c == '/') bits |= kPlainFirst;
    if (letter || digit || joiner || c == '/') bits |= kPlainRest;
    if (c != '"' && c != '\\') bits |= kVerbatim;
    table[static_cast<std::size_t>(c)] = bits;
  }
  return table;
}

void append_hex(std::string& out, std::uint32_t value, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out += kDigits[(value >> shift) & 0xfu];
  }
}

void append_escape(std::string& out, std::uint32_t c, QuoteStyle style) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  if (c < 0xa0 && style == QuoteStyle::yaml) {
    out += "\\x";
    append_hex(out, c, 2);
  } else if (c < 0x10000) {
    out += "\\u";
    append_hex(out, c, 4);
  } else {
    out += "\\U";
    append_hex(out, c, 8);
  }
}

constexpr bool in(std::uint32_t c, std::uint32_t first, std::uint32_t last) {
  return c >= first && c <= last;
}

}  // namespace

constexpr std::array<std::uint8_t, 256> kClasses = make_classes();
const std::array<std::uint8_t, 256> kByteClass = kClasses;

bool needs_escape(std::uint32_t c) {
  if (c <= 0x9f) return true;  // callers keep printable ASCII away from here
  if (c < 0x2000) return c == 0xa0 || c == 0xad;
  if (c >= 0xe0000) return true;
  return in(c, 0x200b, 0x200f) || in(c, 0x2028, 0x202e) || in(c, 0x2060, 0x206f) || c == 0xfeff ||
         in(c, 0xe000, 0xf8ff) || is_noncharacter(c);
}

bool fits_literal_block(std::uint32_t c) {
  if (c < 0xa0) return c == '\n' || (c >= 0x20 && c < 0x7f);
  return c != 0x2028 && c != 0x2029 && c != 0xfeff && c < 0xe0000 && !is_noncharacter(c) &&
         !is_bidi_control(c);
}

void append_quoted(std::string& out, std::string_view text, QuoteStyle style) {
  out += '"';
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t run = at;
    while (run < text.size() && has_class(text[run], kVerbatim)) ++run;
    out.append(text, at, run - at);
    if (run == text.size()) break;
    const CodePoint c = decode_utf8(text, run);
    // JSON has no escape beyond the first plane but surrogate pairs, which are not YAML.
    const bool raw = c.size > 1 &&
                     (!needs_escape(c.value) || (style == QuoteStyle::json && c.value > 0xffff));
    if (raw) {
      out.append(text, run, c.size);
    } else {
      append_escape(out, c.value, style);
    }
    at = run + c.size;
  }
  out += '"';
}

void append_integer(std::string& out, std::int64_t number) {
  std::array<char, 24> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out.append(buffer.data(), end);
}

void append_real(std::string& out, double number) {
  std::array<char, 40> buffer;
  if (number == 0) number = 0;  // some readers take the sign of -0.0 for a dash
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  const std::string_view digits(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t exponent = digits.find('e');
  out += digits.substr(0, exponent);
  // YAML 1.1 calls `1e+22` a string and `1` an integer.
  if (digits.substr(0, exponent).find('.') == std::string_view::npos) out += ".0";
  if (exponent != std::string_view::npos) out += digits.substr(exponent);
}

}  // namespace hlab::emit
