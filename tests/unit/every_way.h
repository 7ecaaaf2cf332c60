// Placement with nothing clever in it: every way there is, for problems of a few pods.
#pragma once

#include <cstdlib>

#include "compiler/placement/problem.h"

namespace hlab::test {

using namespace placement;

/// How many random labs or problems a property is tried on: more where HLAB_LABS says so.
inline int how_many(int normally) {
  const char* asked = std::getenv("HLAB_LABS");
  return asked == nullptr ? normally : std::atoi(asked);
}

/// Every way to place the pods, one after the other, with nothing clever in it.
class EveryWay {
 public:
  EveryWay(const Problem& problem, const Constraints& in_force)
      : problem_(problem), in_force_(in_force) {
    for (const Machine& machine : problem.machines) free_.push_back(machine.has);
    for (std::uint32_t i = 0; i < problem.pods.size(); ++i) {
      for (std::uint32_t n = 0; n < problem.pods[i].count; ++n) order_.push_back(i);
    }
    on_.resize(problem.pods.size());
  }
  bool exists(std::size_t at = 0) {
    if (at == order_.size()) return true;
    const std::uint32_t kind = order_[at];
    for (std::uint32_t m = 0; m < free_.size(); ++m) {
      if (!allowed(kind, m)) continue;
      change(kind, m, -1);
      on_[kind].push_back(m);
      if (exists(at + 1)) return true;
      on_[kind].pop_back();
      change(kind, m, 1);
    }
    return false;
  }

 private:
  [[nodiscard]] bool asks(std::uint32_t kind, std::uint32_t bit) const {
    return (in_force_[kind] >> bit & 1U) != 0;
  }
  [[nodiscard]] bool allowed(std::uint32_t kind, std::uint32_t m) const {
    const Pods& pods = problem_.pods[kind];
    if (asks(kind, kBound) && !pods.bound_to.empty() && !pods.bound_to[m]) return false;
    if (asks(kind, kTaint) && !pods.tolerates.empty() && !pods.tolerates[m]) return false;
    for (const std::uint32_t other : on_[kind]) {
      if (asks(kind, kApart) && pods.apart && other == m) return false;
    }
    for (std::uint32_t a = 0; a < pods.needs.size(); ++a) {
      if (asks(kind, problem_.amounts[a].bit) && pods.needs[a] > free_[m][a]) return false;
    }
    return true;
  }
  void change(std::uint32_t kind, std::uint32_t m, int sign) {
    for (std::uint32_t a = 0; a < free_[m].size(); ++a) {
      if (asks(kind, problem_.amounts[a].bit)) free_[m][a] += sign * problem_.pods[kind].needs[a];
    }
  }

  const Problem& problem_;
  const Constraints& in_force_;
  std::vector<Amounts> free_;
  std::vector<std::uint32_t> order_;
  std::vector<std::vector<std::uint32_t>> on_;
};

inline Constraints only(const Problem& problem, const std::vector<Constraint>& members) {
  Constraints out(problem.pods.size(), 0);
  for (const Constraint& c : members) out[c.pods] |= std::uint64_t{1} << c.bit;
  return out;
}

inline bool place_exists(const Problem& problem, const Constraints& in_force) {
  return EveryWay(problem, in_force).exists();
}

}  // namespace hlab::test
