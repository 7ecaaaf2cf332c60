// The source map of one output: what stands on which line. Made for a file that somebody asks about
// (`hlab why`), and for no other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emit/core/document.h"

namespace hlab::emit {

/// A node of a document that begins (or, as a block, ends) on `line`, from 1. Ascending; a line without a
/// mark goes on with what stands above it (the rest of a literal block).
struct LineMark {
  std::uint32_t line = 0;
  std::uint32_t node = 0;  // `kNoNode` of a comment, and of what stands between documents
  friend bool operator==(const LineMark&, const LineMark&) = default;
};

using LineMarks = std::vector<LineMark>;
void add_mark(LineMarks& marks, std::uint32_t line, std::uint32_t node);

/// One thing that stands on a line, as far as it is known.
struct LineSource {
  enum class Kind : std::uint8_t {
    value,  // a scalar, or an empty list or map
    block,  // where a list or map begins or ends
    remark  // a comment, an empty line
  };
  std::uint32_t line = 0;
  Kind kind = Kind::remark;
  std::string path;             // keys and indexes: `spec.ports[0].name`
  std::vector<Origin> origins;  // known ones: its own, then those of what it stands in
  bool own = false;             // whether the first of these is its own
};

using LineSources = std::vector<LineSource>;

[[nodiscard]] LineSources line_sources(const Doc& doc, const LineMarks& marks);

}  // namespace hlab::emit
