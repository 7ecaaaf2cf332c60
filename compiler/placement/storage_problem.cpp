#include "compiler/placement/storage_problem.h"

#include <algorithm>

#include "compiler/model/volume_class.h"
#include "compiler/placement/disk_room.h"

namespace hlab::placement {

using model::View;

StorageProblem storage_problem(const program::Program& program, const program::Lab& lab,
                               const View& driver) {
  StorageProblem out;
  out.driver = driver;
  out.problem.amounts = {{"disk", kAmount}};
  for (const View& node : model::all(program, lab, "node")) {
    const auto room = disk_room(driver, node);
    if (!room) continue;
    out.nodes.push_back(node);
    out.problem.machines.push_back({{*room}});
  }
  for (const View& volume : model::all(program, lab, "volume")) {
    if (!(volume.ref("on") == driver) || volume.top().flag("extern")) continue;
    // Another class of the same driver says by itself how many copies there are, and where.
    if (!model::has_class_of(volume, driver)) continue;
    Pods copies;
    copies.count = static_cast<std::uint32_t>(driver.number("copies", 1));
    copies.needs = {std::min(volume.number("size"), kUncounted)};
    copies.apart = true;
    for (std::int64_t claim = 0; claim < volume.number("copies", 1); ++claim) {
      out.volumes.push_back(volume);
      out.problem.pods.push_back(copies);
    }
  }
  return out;
}

}  // namespace hlab::placement
