#include "emit/core/flat_text.h"

#include "compiler/base/utf8.h"
#include "emit/core/escape.h"

namespace hlab::emit {
namespace {

bool is_blank(std::uint32_t c) {
  return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
         c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

}  // namespace

std::string flat_text(const Node& scalar) {
  std::string text;
  switch (scalar.kind) {
    case NodeKind::integer: append_integer(text, scalar.integer); break;
    case NodeKind::real: append_real(text, scalar.real); break;
    case NodeKind::boolean: text = scalar.boolean ? "true" : "false"; break;
    case NodeKind::string:
    case NodeKind::template_string: text = scalar.text; break;
    default: break;
  }
  return text;
}

std::string_view line_breaker(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (c.value == '\n' || c.value == '\r' || c.value == 0x2028 || c.value == 0x2029) {
      return "a line break";
    }
    const bool control = c.value < 0x20 || (c.value >= 0x7f && c.value < 0xa0);
    if (control && c.value != '\t') return "a control character";
    if (c.value == 0xfeff) return "a byte order mark";
    at += c.size;
  }
  return {};
}

bool has_outer_blanks(std::string_view text) {
  std::size_t last = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).size) last = at;
  return !text.empty() &&
         (is_blank(decode_utf8(text, 0).value) || is_blank(decode_utf8(text, last).value));
}

}  // namespace hlab::emit
