// How text, names and paths are spelt in Nix so that Nix reads back exactly the same bytes.
#pragma once

#include <string>
#include <string_view>

namespace hlab::emit {

/// Nix has no string with a NUL byte in it; everything else can be spelt. The functions below need
/// this to hold.
[[nodiscard]] bool representable_in_nix(std::string_view text);

/// `"..."`, on one line.
[[nodiscard]] std::string nix_string(std::string_view text);

/// What stands between the quotes, or between two interpolations, of `"..."`.
[[nodiscard]] std::string nix_string_body(std::string_view text);

/// True where `''...''` can hold the text: Nix strips indentation and the last blank line, so some
/// texts would come back changed.
[[nodiscard]] bool fits_indented_string(std::string_view text);

/// `''...''` whose lines begin after `indent` + 2 spaces and whose end stands after `indent`. The
/// text must fit.
[[nodiscard]] std::string nix_indented_string(std::string_view text, int indent);

/// A name in an attribute set or path, quoted unless it is an identifier and no keyword.
[[nodiscard]] std::string nix_attribute(std::string_view name);

/// True where a path (`./...` or `../...`) is spelt as a literal; else it is an addition, which needs
/// parentheses beside other things.
[[nodiscard]] bool is_path_literal(std::string_view path);
[[nodiscard]] std::string nix_path(std::string_view path);

/// A comment of one or more lines, each `indent` spaces in and ended. What could end the line or
/// reorder it on a screen is replaced.
[[nodiscard]] std::string nix_comment(std::string_view text, int indent);

}  // namespace hlab::emit
