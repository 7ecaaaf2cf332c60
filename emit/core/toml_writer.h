// Writes a document as TOML 1.0: plain entries of a table first, then its tables, each in declared
// order. Lists of maps are arrays of tables; maps in other lists are inline tables.
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
[[nodiscard]] std::optional<DocError> write_toml(const Doc& doc, std::string_view header,
                                                 std::string& out, LineMarks* lines = nullptr);

}  // namespace hlab::emit
