// Sums that stop at the largest number: sizes are whatever a person writes.
#pragma once

#include <cstdint>
#include <limits>

namespace hlab::placement {

[[nodiscard]] inline std::int64_t sum_of(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  return __builtin_add_overflow(a, b, &out) ? std::numeric_limits<std::int64_t>::max() : out;
}

/// Of quantities that are not negative.
[[nodiscard]] inline std::int64_t times(std::int64_t quantity, std::int64_t count) {
  std::int64_t out = 0;
  return __builtin_mul_overflow(quantity, count, &out) ? std::numeric_limits<std::int64_t>::max()
                                                       : out;
}

}  // namespace hlab::placement
