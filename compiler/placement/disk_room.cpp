#include "compiler/placement/disk_room.h"

#include <algorithm>

#include "compiler/placement/sums.h"

namespace hlab::placement {

using model::View;

std::optional<std::int64_t> disk_room(const View& driver, const View& node) {
  std::int64_t room = 0;
  bool has_disk = false;
  for (const auto& [name, disk] : node.held("disk")) {
    if (!(disk.ref("storage") == driver)) continue;
    // A disk that is mounted elsewhere is not the driver's.
    if (driver.has("disk-path") && disk.text("mount") != driver.text("disk-path")) continue;
    if (!disk.has("size")) return kUncounted;
    has_disk = true;
    room = sum_of(room, times(disk.number("size") / 100, driver.number("disk-share", 100)));
  }
  return has_disk ? std::optional(std::min(room, kUncounted)) : std::nullopt;
}

}  // namespace hlab::placement
