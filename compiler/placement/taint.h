// Taints of nodes and what bears them, as Kubernetes reads them: `key[=value][:Effect]`.
#pragma once

#include <string>
#include <string_view>

namespace hlab::placement {

struct Taint {
  std::string_view key;
  std::string_view value;   // "" without one
  std::string_view effect;  // "" without one: any
  bool has_value = false;
};

[[nodiscard]] Taint taint_of(std::string_view text);

/// Whether the taint keeps pods away; `PreferNoSchedule` only asks.
[[nodiscard]] bool keeps_away(const Taint& taint);

/// A toleration without a value bears every value, one without an effect every effect.
[[nodiscard]] bool bears(const Taint& toleration, const Taint& taint);

}  // namespace hlab::placement
