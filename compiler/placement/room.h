// What is left on the machines of a problem while pods are put on them.
#pragma once

#include "compiler/placement/demand.h"

namespace hlab::placement {

/// The machines on which pods of one demand are.
using Places = std::vector<std::uint32_t>;

class Room {
 public:
  explicit Room(const Problem& problem);

  /// Whether one more pod fits there; `on` are those of its kind that have a place.
  [[nodiscard]] bool takes(const Demand& demand, const Places& on, std::uint32_t machine) const;
  void take(const Demand& demand, std::uint32_t machine);
  void give_back(const Demand& demand, std::uint32_t machine);

  /// What is left of the scarcest amount of a machine, in parts of a million.
  [[nodiscard]] std::int64_t left(std::uint32_t machine) const;
  /// By machine.
  [[nodiscard]] const std::vector<Amounts>& free() const { return free_; }

 private:
  const Problem* problem_;
  std::vector<Amounts> free_;
};

/// Which machine a pod goes to, of those that take it.
enum class Prefer : std::uint8_t { most_left, least_left };

/// Puts those pods of each demand that have no place yet on machines, one after the other, and takes no choice
/// back; `on` is by demand. False where one finds nothing: the others have been put by then.
[[nodiscard]] bool place_greedily(const std::vector<Demand>& demands, Room& room,
                                  std::vector<Places>& on, Prefer prefer);

}  // namespace hlab::placement
