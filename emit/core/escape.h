// Which characters a writer may put down raw, and how the others are escaped. Measured against six
// YAML readers; JSON uses the same set, because JSON files are read as YAML too.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hlab::emit {

enum ByteClass : std::uint8_t {
  kPlainFirst = 1,  // may begin an unquoted YAML string
  kPlainRest = 2,   // may go on in one
  kVerbatim = 4,    // stands for itself inside double quotes
};

extern const std::array<std::uint8_t, 256> kByteClass;

inline bool has_class(char c, ByteClass wanted) {
  return (kByteClass[static_cast<unsigned char>(c)] & wanted) != 0;
}

/// Beyond ASCII: whether a code point is escaped inside double quotes.
bool needs_escape(std::uint32_t c);
/// Whether a code point may stand in a literal block, where nothing can be escaped.
bool fits_literal_block(std::uint32_t c);

enum class QuoteStyle : std::uint8_t { yaml, json };

/// Appends `text` in double quotes. `text` is UTF-8.
void append_quoted(std::string& out, std::string_view text, QuoteStyle style);

/// Shortest decimal that reads back as `number`, always with a point: `1.0`, `1.0e+22`.
void append_real(std::string& out, double number);
void append_integer(std::string& out, std::int64_t number);

}  // namespace hlab::emit
