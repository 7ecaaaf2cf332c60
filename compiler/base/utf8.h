// UTF-8: validation, and stepping through code points of text that may be broken.
#pragma once

#include <cstdint>
#include <string_view>

namespace hlab {

struct CodePoint {
  std::uint32_t value = 0;
  std::uint32_t size = 1;  // bytes taken
  bool valid = true;       // false: one broken byte, its value in `value`
};

/// The code point at `at`, which lies inside `text`. Surrogates and overlong forms are broken.
CodePoint decode_utf8(std::string_view text, std::size_t at);

/// Offset of the first byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

/// Whether every byte is ASCII and none is NUL: what nearly all text is, and quick to say.
bool is_plain_ascii(std::string_view text);

/// Bidirectional controls: they make a line read differently from what it says.
constexpr bool is_bidi_control(std::uint32_t c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/// Two Unicode noncharacters end every plane, and 32 more lie in the first.
constexpr bool is_noncharacter(std::uint32_t c) {
  return (c & 0xfffeu) == 0xfffeu || (c >= 0xfdd0 && c <= 0xfdef);
}

}  // namespace hlab
