// Texts made from texts: the forms that names of other systems must have, and encodings.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/base/symbol.h"
#include "compiler/values/value.h"

namespace hlab::values {

/// RFC 4648 with padding.
[[nodiscard]] std::string base64_text(std::string_view bytes);
/// Lower-case letters, digits and single hyphens, at most 63; empty when nothing is left.
[[nodiscard]] std::string slug_text(std::string_view text);
/// `UPPER_SNAKE`; empty when nothing is left.
[[nodiscard]] std::string env_name_text(std::string_view text);

/// An error or unlearned value somewhere in a list, map or variant, the most serious one; or nullptr.
[[nodiscard]] const Value* unusable_part(const Value& value);

/// RFC 3986: all but letters, digits and `-._~` as `%XX`.
[[nodiscard]] std::string url_encoded_text(std::string_view text);

/// A string in JSON's quotes.
void append_json_text(std::string& out, std::string_view text);
/// Compact JSON. Scalars but numbers and booleans become their canonical text; what is absent
/// is left out. Returns the value that has no JSON form (instance, secret), or nullptr.
[[nodiscard]] const Value* append_json(std::string& out, const Value& value,
                                       const SymbolTable& symbols);

}  // namespace hlab::values
