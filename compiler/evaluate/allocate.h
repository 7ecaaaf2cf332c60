// Hands out what only one can have: what was given before stays, whoever is new gets the next free one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/base/wide.h"

namespace hlab::evaluate {

/// Numbers in an order that has no sign.
[[nodiscard]] constexpr Wide wide_of(std::int64_t number) {
  return static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63);
}
[[nodiscard]] constexpr std::int64_t number_of(Wide wide) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(wide) ^ (std::uint64_t{1} << 63));
}

/// Both ends belong to it.
struct Ends {
  Wide first = 0;
  Wide last = ~static_cast<Wide>(0);
};

/// What may not be handed out (any more), as ranges that do not touch.
class Taken {
 public:
  /// Both ends belong to it; nothing where it ends before it begins.
  void add(Wide first, Wide last);
  void add(const Taken& other);
  [[nodiscard]] bool has(Wide value) const;
  /// The first that is free at or behind `from`, up to `last`.
  [[nodiscard]] std::optional<Wide> next(Wide from, Wide last) const;

 private:
  std::map<Wide, Wide> ranges_;  // first -> last
};

struct Asker {
  std::string holder;
  Ends admits = {};
  std::optional<Wide> kept = {};  // of the lock
};

/// For each asker a value between the ends of the pool and its own, or none where all are taken. Leases are
/// kept where they are free and inside; then the others are served, both in the order of their holders.
/// `spared` is kept by who has it, and given to nobody new.
[[nodiscard]] std::vector<std::optional<Wide>> allocate(Ends pool, Taken taken,
                                                        const std::vector<Asker>& askers,
                                                        const Taken& spared = {});

}  // namespace hlab::evaluate
