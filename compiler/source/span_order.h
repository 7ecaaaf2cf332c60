// Spans in the order of the source, and whether a place lies in one of many.
#pragma once

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "compiler/source/span.h"

namespace hlab {

inline bool stands_before(Span a, Span b) {
  return std::pair(a.file.index, a.begin) < std::pair(b.file.index, b.begin);
}

/// `spans`: in the order of their places, none in another.
inline bool lies_in(const std::vector<Span>& spans, Span at) {
  const auto behind = std::upper_bound(spans.begin(), spans.end(), at, stands_before);
  return behind != spans.begin() && contains(*std::prev(behind), at);
}

}  // namespace hlab
