// A name that many places use and nobody declares is one mistake, most often in its declaration: it is shown once,
// with its places.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "compiler/diag/diag.h"

namespace hlab::diag {

/// How many places of one mistake are shown beside the first.
inline constexpr std::size_t kMostPlaces = 4;

/// Adds the other places of a mistake: the first few are shown, and the rest is counted.
void show_places(Diagnostic& mistake, const std::vector<Span>& others);

struct Joined {
  std::vector<const Diagnostic*> items;  // in the order that they had
  std::deque<Diagnostic> several;        // those of them that stand for several places
};

/// Of those that say the same by a declaration that joins places, and offer the same mend, the first stands for all.
[[nodiscard]] Joined join_places(const std::vector<const Diagnostic*>& sorted);

}  // namespace hlab::diag
