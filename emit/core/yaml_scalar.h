// How one string is written in YAML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hlab::emit {

enum class ScalarStyle : std::uint8_t { plain, quoted, literal };

/// The style of `text` (UTF-8) where literal blocks are possible.
ScalarStyle scalar_style(std::string_view text);
/// Plain where the whole string is a harmless word.
bool fits_plain(std::string_view text);

/// Appends `|`, its indicators and the lines, `indent` deep, with the final line break. Returns the
/// number of line breaks written.
std::uint32_t append_literal(std::string& out, std::string_view text, std::size_t indent);

/// Whether Ansible would look for an expression in `text`.
bool looks_templated(std::string_view text);

}  // namespace hlab::emit
