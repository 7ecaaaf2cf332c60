// One mistake may repeat through a whole lab, such as a name declared a hundred thousand times: the first are
// shown with their places, and the last of these says how many more there are.
#pragma once

#include <deque>
#include <vector>

#include "compiler/diag/diag.h"

namespace hlab::diag {

/// How many of one mistake are shown, and how many of one code, however they differ.
inline constexpr std::size_t kMostRepeats = 20;
inline constexpr std::size_t kMostOfCode = 200;

struct Folded {
  std::vector<const Diagnostic*> items;  // what is shown, in the order that it had
  std::deque<Diagnostic> counted;        // those of them that say how many more there are
};

/// The same mistake is one of the same code at the same place, as in a loop, or about the same first place, or, where
/// it points to none, of the same message.
[[nodiscard]] Folded fold_repeats(const std::vector<const Diagnostic*>& sorted);

}  // namespace hlab::diag
