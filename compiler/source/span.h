// A place in the source: a half-open range of byte offsets in one file. Lines and columns are
// computed only when something is shown.
#pragma once

#include <cstdint>

#include "compiler/base/id.h"

namespace hlab {

using FileId = Id<struct FileTag>;

struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool valid() const { return file.valid(); }
  friend constexpr bool operator==(Span, Span) = default;
};

/// The smallest span that covers both; they lie in one file.
constexpr Span join(Span a, Span b) {
  if (!a.valid()) return b;
  if (!b.valid() || a.file != b.file) return a;
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

/// Whether the second one lies in the first; nothing lies in a span that is no place.
constexpr bool contains(Span whole, Span part) {
  return whole.valid() && whole.file == part.file && whole.begin <= part.begin &&
         part.end <= whole.end;
}

/// Line and column from 1; the column counts Unicode code points, `offset` bytes.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t offset = 0;
};

}  // namespace hlab
