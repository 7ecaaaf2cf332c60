// Patterns of paths: `*` is any part of one name, `?` one character of it, `**` any folders.
#pragma once

#include <string>
#include <string_view>

namespace hlab::emit {

[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

/// The folders that a pattern begins with, without a pattern themselves: `legacy` of `legacy/**/*.yaml`.
[[nodiscard]] std::string_view glob_root(std::string_view pattern);

}  // namespace hlab::emit
