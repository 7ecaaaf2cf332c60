// "Did you mean": the nearest of the names that are really in scope.
#pragma once

#include <string_view>
#include <vector>

namespace hlab::diag {

/// The candidate nearest to `name` by edit distance, or "" when none is near enough to help.
/// Ties go to the candidate that comes first.
std::string_view closest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace hlab::diag
