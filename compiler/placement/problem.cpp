#include "compiler/placement/problem.h"

namespace hlab::placement {

Constraints all_constraints(const Problem& problem) {
  Constraints out;
  for (const Pods& pods : problem.pods) {
    std::uint64_t bits = 0;
    if (!pods.bound_to.empty()) bits |= 1U << kBound;
    if (!pods.tolerates.empty()) bits |= 1U << kTaint;
    if (pods.apart && pods.count > 1) bits |= 1U << kApart;
    for (std::size_t a = 0; a < pods.needs.size(); ++a) {
      if (pods.needs[a] > 0) bits |= std::uint64_t{1} << problem.amounts[a].bit;
    }
    out.push_back(bits);
  }
  return out;
}

std::vector<Constraint> listed(const Constraints& constraints) {
  std::vector<Constraint> out;
  for (std::uint32_t pods = 0; pods < constraints.size(); ++pods) {
    for (std::uint32_t bit = 0; bit < 64; ++bit) {
      if ((constraints[pods] >> bit & 1U) != 0) out.push_back({pods, bit});
    }
  }
  return out;
}

}  // namespace hlab::placement
