// Writes a document as dotenv: lines of `NAME=value` that a shell (`set -a; . ./file`), Docker
// Compose and python-dotenv read as the same texts. What they cannot be made to agree on is refused:
// `${`, which python-dotenv expands in any quotes, and texts that need quotes of both kinds while
// they hold `$` or a backquote.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emit/core/document.h"
#include "emit/core/document_check.h"
#include "emit/core/line_origin.h"

namespace hlab::emit {

/// Appends the one map of `doc` to `out`, below `header` as a comment, if there is one. Writes
/// nothing where it returns an error.
[[nodiscard]] std::optional<DocError> write_dotenv(const Doc& doc, std::string_view header,
                                                   std::string& out, LineMarks* lines = nullptr);

}  // namespace hlab::emit
