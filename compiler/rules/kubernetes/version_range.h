// Ranges of releases as charts write them in `kubeVersion`: `>=1.25.0-0`, `^1.30 || ~2.1`, `1.28 - 1.34`.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace hlab::rules {

/// What precedes `-` and `+`: neither decides whether a chart takes a cluster.
using Release = std::array<int, 3>;

/// `v1.34.3+k3s1`; none for anything else. What is not said of it is 0.
[[nodiscard]] std::optional<Release> read_release(std::string_view text);

/// Whether the release is in the range; none where the range cannot be read.
[[nodiscard]] std::optional<bool> in_range(Release release, std::string_view range);

}  // namespace hlab::rules
