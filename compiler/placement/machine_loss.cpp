#include "compiler/placement/machine_loss.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/model/host_called.h"
#include "compiler/model/volume_class.h"
#include "compiler/placement/port_claims.h"
#include "compiler/placement/storage_problem.h"

namespace hlab::placement {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Where the one copy of a volume may be, and why there; none where copies are several or nobody knows.
struct Places {
  std::vector<View> machines;
  std::string why;
};

/// Looks for the places of volumes; what it found out about a driver it keeps.
class VolumePlaces {
 public:
  VolumePlaces(const program::Program& program, const program::Lab& lab)
      : program_(program), lab_(lab) {}

  [[nodiscard]] Places of(const View& volume) {
    const View service = volume.top();
    if (!service.is("workload") || service.flag("extern") || !service.ref("cluster")) return {};
    if (lies_on_its_node(volume)) {
      std::vector<View> pods = places_of(service);
      const bool bound = pods.size() == 1;
      return {std::move(pods), bound ? "its pod runs nowhere else" : ""};
    }
    const View driver = volume.ref("on");
    if (!driver || driver.flag("extern") || !model::has_class_of(volume, driver)) return {};
    const auto known = of_driver_.find(driver.id().index);
    if (known != of_driver_.end()) return known->second;
    return of_driver_.emplace(driver.id().index, places_of_driver(driver)).first->second;
  }

 private:
  [[nodiscard]] Places places_of_driver(const View& driver) const {
    if (driver.text("network-files") == "always") {
      for (const View& node : model::all(program_, lab_, "node")) {
        if (model::names_machine(driver, driver.value("values"), node))
          return {{node}, fmt::format("`{}` keeps it there", driver.name())};
      }
      return {};
    }
    if (driver.number("copies", 1) != 1) return {};
    return {storage_problem(program_, lab_, driver).nodes,
            fmt::format("`{}` has one copy of it", driver.name())};
  }

  const program::Program& program_;
  const program::Lab& lab_;
  std::map<std::uint32_t, Places> of_driver_;
};

}  // namespace

bool lies_on_its_node(const View& volume) {
  const View driver = volume.ref("on");
  if (driver && model::has_class_of(volume, driver)) return driver.flag("node-local");
  return volume.text("storage-class") == "local-path";
}

MachineLosses::MachineLosses(const program::Program& program, const program::Lab& lab) {
  VolumePlaces places(program, lab);
  for (const View& volume : model::all(program, lab, "volume")) {
    const Places found = places.of(volume);
    if (found.machines.size() == 1) {
      by_node_[found.machines.front().id().index].volumes.push_back({volume, found.why});
      node_of_.emplace(volume.id().index, found.machines.front());
    } else if (!found.machines.empty() && volume.number("copies", 1) == 1) {
      by_cluster_[volume.top().ref("cluster").id().index].push_back(volume);
    }
  }
  for (const View& service : model::all(program, lab, "host-service")) {
    const std::vector<View> on = service.refs("on");
    if (on.size() == 1 && !service.flag("extern"))
      by_node_[on.front().id().index].services.push_back(service);
  }
}

const MachineLoss& MachineLosses::of(const View& node) const {
  static const MachineLoss kNothing;
  const auto found = by_node_.find(node.id().index);
  return found == by_node_.end() ? kNothing : found->second;
}

View MachineLosses::node_of(const View& volume) const {
  const auto found = node_of_.find(volume.id().index);
  return found == node_of_.end() ? View() : found->second;
}

const std::vector<View>& MachineLosses::of_any(const View& cluster) const {
  static const std::vector<View> kNone;
  const auto found = by_cluster_.find(cluster.id().index);
  return found == by_cluster_.end() ? kNone : found->second;
}

std::string kept_text(const View& volume) {
  const Value& keep = volume.value("keep");
  std::string word = volume.text("keep");
  if (keep.is(ValueKind::variant))
    word = fmt::format("backup `{}`", volume.of(keep.variant->payload).name());
  const std::string name = fmt::format("{}.{}", volume.top().name(), volume.name());
  return word.empty() ? name : fmt::format("{} ({})", name, word);
}

}  // namespace hlab::placement
