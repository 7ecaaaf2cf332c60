// Words that some YAML reader takes for something else than a string.
#pragma once

#include <cstdint>
#include <string_view>

namespace hlab::emit {

enum class YamlWord : std::uint8_t { none, truth, falsehood, null };

/// What a YAML 1.1 reader makes of an unquoted key. Two keys of one map that fold into the same
/// value would lose one of them without an error.
YamlWord yaml11_word(std::string_view text);

/// Whether an unquoted `text` could be read as anything but this string by any reader: the words
/// above, and those of Python, Ruby, Jinja and floats.
bool is_reserved_word(std::string_view text);

}  // namespace hlab::emit
