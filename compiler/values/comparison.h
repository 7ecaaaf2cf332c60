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

/// Deep for lists, maps and variants; an Int equals the Float of the same size. Maps are equal when
/// they hold the same, whatever the order; absent items count as not there.
[[nodiscard]] Equality compare_equal(const Value& left, const Value& right);

/// Numbers, strings (bytewise), addresses (IPv4 before IPv6), quantities of one unit; else none.
[[nodiscard]] std::optional<std::strong_ordering> compare_order(const Value& left,
                                                                const Value& right);

/// Equal values have equal hashes.
[[nodiscard]] std::size_t value_hash(const Value& value);

[[nodiscard]] inline bool is_quantity(ValueKind kind) {
  return kind >= ValueKind::bytes && kind <= ValueKind::rate;
}
[[nodiscard]] inline bool is_number(ValueKind kind) {
  return kind == ValueKind::integer || kind == ValueKind::floating;
}

}  // namespace hlab::values
