// The source map of one output: which line was made by which source expression.
#pragma once

#include <cstdint>
#include <vector>

#include "emit/core/document.h"

namespace hlab::emit {

/// A scalar that begins on `line` (from 1). Ascending; a line without an entry belongs to the
/// nearest one above it (the rest of a literal block).
struct LineOrigin {
  std::uint32_t line = 0;
  Origin origin = kNoOrigin;
  friend bool operator==(const LineOrigin&, const LineOrigin&) = default;
};

using LineOrigins = std::vector<LineOrigin>;

}  // namespace hlab::emit
