// Names that may have been meant, told where they are few.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hlab::check {

/// "there is `a`, `b`"; nothing where there are none, or more than one reads at a glance.
inline std::string few_names(std::vector<std::string_view> names) {
  constexpr std::size_t kMostNamed = 4;
  if (names.empty() || names.size() > kMostNamed) return "";
  std::sort(names.begin(), names.end());
  return fmt::format("there is `{}`", fmt::join(names, "`, `"));
}

}  // namespace hlab::check
