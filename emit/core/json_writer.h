// Writes a document as JSON, in declared order. The text is valid YAML too (see escape.h).
#pragma once

#include <optional>
#include <string>

#include "emit/core/document.h"
#include "emit/core/document_check.h"
#include "emit/core/line_origin.h"

namespace hlab::emit {

enum class JsonLayout : std::uint8_t {
  pretty,     // two spaces, one final line break
  compact,    // one line without a break
  commented,  // HuJSON, for people: comments behind `//`, short lists on one line
};

/// Appends the one document of `doc` to `out`; comments are left out where the layout has none.
/// Writes nothing where it returns an error.
[[nodiscard]] std::optional<DocError> write_json(const Doc& doc, JsonLayout layout,
                                                 std::string& out, LineMarks* lines = nullptr);

}  // namespace hlab::emit
