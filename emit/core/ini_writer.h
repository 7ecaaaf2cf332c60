// Writes a document as INI. There is no standard, so only what all readers take alike is written:
// `name = value` lines, those of the top level first, then a section for each map in it. No quotes
// and no escapes are used, for half of the readers would keep them; a text that needs some is
// refused, and so are lists, deeper maps, and names that readers take for one.
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
[[nodiscard]] std::optional<DocError> write_ini(const Doc& doc, std::string_view header,
                                                std::string& out, LineMarks* lines = nullptr);

}  // namespace hlab::emit
