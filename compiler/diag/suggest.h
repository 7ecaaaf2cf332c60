// "Did you mean": the nearest of the names that are really in scope.
#pragma once

#include <string_view>
#include <vector>

namespace hlab::diag {

/// A name that may have been meant.
struct Near {
  std::string_view name;
  /// No other name is as near, and the two differ by a slip of letters: `pi4` for `pi5` is another thing.
  bool certain = false;

  [[nodiscard]] bool empty() const { return name.empty(); }
  operator std::string_view() const { return name; }  // NOLINT: most callers only want the name
  friend bool operator==(const Near& near, std::string_view other) { return near.name == other; }
};

/// The candidate nearest to `name` by edit distance, or "" when none is near enough to help.
/// Ties go to the candidate that comes first.
Near closest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace hlab::diag
