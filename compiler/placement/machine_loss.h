// What lies on a machine, or runs on it outside any cluster, and nowhere else.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::placement {

struct LostVolume {
  model::View volume;
  std::string why;  // "its pod runs nowhere else"
};

struct MachineLoss {
  std::vector<LostVolume> volumes;
  std::vector<model::View> services;  // of machines, each on this one alone
};

/// Of the whole lab, as far as it says where things lie: of storage that says nothing of its copies and disks nothing
/// is known.
class MachineLosses {
 public:
  MachineLosses(const program::Program& program, const program::Lab& lab);

  [[nodiscard]] const MachineLoss& of(const model::View& node) const;
  /// The only machine on which the volume lies; none where there are several, or nobody knows.
  [[nodiscard]] model::View node_of(const model::View& volume) const;
  /// Volumes of the cluster with one copy on one of several machines: they are gone with that one, whichever it is.
  [[nodiscard]] const std::vector<model::View>& of_any(const model::View& cluster) const;

 private:
  std::map<std::uint32_t, MachineLoss> by_node_;
  std::map<std::uint32_t, std::vector<model::View>> by_cluster_;
  std::map<std::uint32_t, model::View> node_of_;  // by volume
};

/// `films.data (disposable)`: the volume, and what its owner says of it.
[[nodiscard]] std::string kept_text(const model::View& volume);

/// Whether the volume lies on the machine that its pod is on.
[[nodiscard]] bool lies_on_its_node(const model::View& volume);

}  // namespace hlab::placement
