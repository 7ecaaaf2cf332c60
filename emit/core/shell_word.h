// One word of a POSIX shell.
#pragma once

#include <string>
#include <string_view>

namespace hlab::emit {

/// The word as it is where every character is harmless, else in single quotes.
[[nodiscard]] std::string shell_word(std::string_view text);
/// In single quotes whatever it is. `text` has no NUL.
[[nodiscard]] std::string shell_quoted(std::string_view text);

}  // namespace hlab::emit
