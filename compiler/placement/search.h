// Finds a place for every pod, or shows that there is none. Exact within its budget of steps; the answer
// depends on nothing but the problem.
#pragma once

#include "compiler/placement/problem.h"

namespace hlab::placement {

enum class Answer : std::uint8_t { placed, impossible, undecided };

struct Placement {
  Answer answer = Answer::placed;
  /// Where they are placed: by pods, the machine of each of them.
  std::vector<std::vector<std::uint32_t>> machine_of;
};

/// Machines looked at before the search gives up.
inline constexpr std::size_t kStepBudget = 200'000;

[[nodiscard]] Placement place(const Problem& problem, const Constraints& in_force,
                              std::size_t budget = kStepBudget);
/// With all that the problem says.
[[nodiscard]] Placement place(const Problem& problem, std::size_t budget = kStepBudget);

}  // namespace hlab::placement
