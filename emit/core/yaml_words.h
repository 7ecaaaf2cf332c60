// Words that some YAML reader takes for something else than a string.
#pragma once

#include <string_view>

namespace hlab::emit {

/// Whether an unquoted `text` could be read as anything but this string by any reader: truth values and
/// nothings of YAML 1.1, and the words of Python, Ruby, Jinja and floats.
bool is_reserved_word(std::string_view text);

}  // namespace hlab::emit
