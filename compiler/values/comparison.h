// Equality and order of values, as `==`, `<`, `in`, `sorted` and `unique` share them.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>

#include "compiler/values/value.h"

namespace hlab::values {

struct Equality {
  bool same = false;
  /// The error or unlearned value that keeps this from being known, or nullptr.
  const Value* unknown = nullptr;
};

/// What lies behind an instance: records are equal when their fields are. Whoever knows the lab says so;
/// without it every instance is only itself.
class Records {
 public:
  virtual ~Records() = default;
  /// Counts what was held against each other. False when enough was: what is not held yet stays unknown.
  virtual bool compared(std::size_t parts) = 0;
  /// Of two different instances.
  [[nodiscard]] virtual Equality equal(InstanceId left, InstanceId right) = 0;
  [[nodiscard]] virtual std::size_t hash(InstanceId id) = 0;
};

/// Deep for lists, maps, variants and records; an Int equals the Float of the same size. Maps are equal when
/// they hold the same, whatever the order; absent items count as not there.
[[nodiscard]] Equality compare_equal(const Value& left, const Value& right,
                                     Records* records = nullptr);

/// Numbers, strings (bytewise), addresses (IPv4 before IPv6), quantities of one unit; else none.
[[nodiscard]] std::optional<std::strong_ordering> compare_order(const Value& left,
                                                                const Value& right);

/// Equal values have equal hashes.
[[nodiscard]] std::size_t value_hash(const Value& value, Records* records = nullptr);

[[nodiscard]] inline bool is_quantity(ValueKind kind) {
  return kind >= ValueKind::bytes && kind <= ValueKind::rate;
}
[[nodiscard]] inline bool is_number(ValueKind kind) {
  return kind == ValueKind::integer || kind == ValueKind::floating;
}

}  // namespace hlab::values
