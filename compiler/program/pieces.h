// What each entry gave a tree or a map of plain values, noted while it is built. Kept only for who asks (`hlab show`,
// `hlab why`): the settings of the field say which entries were laid over it, and not what is left of each.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/program/lab.h"

namespace hlab::program {

/// One place inside that an entry set.
struct Piece {
  enum class Does : std::uint8_t { sets, adds, takes_away };
  /// An entry on the way: the one of the layer first, then those in its braces.
  struct Step {
    EntryId entry;
    std::size_t depth = 0;  // how many of the keys its own path has reached
    const Env* env = nullptr;
  };
  InstanceId instance;
  std::uint32_t field = 0;
  std::vector<values::MapKey> keys;
  Does does = Does::sets;
  std::vector<Step> steps;  // none: it is the value that a layer gives as a whole
};

}  // namespace hlab::program
