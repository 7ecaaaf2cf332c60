// How much of a node's disks a storage driver may fill.
#pragma once

#include <optional>

#include "compiler/model/view.h"

namespace hlab::placement {

/// What a machine has of an amount that nobody has counted.
inline constexpr std::int64_t kUncounted = std::int64_t{1} << 60U;

/// None where the node declares no disk for the driver; `kUncounted` where one of them has no size.
[[nodiscard]] std::optional<std::int64_t> disk_room(const model::View& driver,
                                                    const model::View& node);

}  // namespace hlab::placement
