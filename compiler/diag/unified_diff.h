// Two versions of a text as a patch that `patch -p1` and `git apply` take.
#pragma once

#include <string>
#include <string_view>

namespace hlab::diag {

/// Empty where the texts are the same.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before,
                                       std::string_view after);

}  // namespace hlab::diag
