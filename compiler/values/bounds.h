// Refinements with ends: `Int(1..10)`, `Float(0..1)`, `Bytes(1MiB..)`, `String(1..63)`, `[T](1..)`.
// Of texts, lists and maps the ends are those of the length.
#pragma once

#include <optional>
#include <string>

#include "compiler/types/type.h"
#include "compiler/values/value.h"

namespace hlab::values {

/// Whether types of this kind take ends at all.
[[nodiscard]] bool takes_bounds(types::TypeKind kind);
/// Whether the ends are those of a length.
[[nodiscard]] bool bounds_length(types::TypeKind kind);
[[nodiscard]] bool has_bounds(const types::Type& type);

/// The range is empty.
[[nodiscard]] bool ends_before(const types::Type& type);

/// `1..63`, `1MiB..`: as the language writes it; "" where there is no end.
[[nodiscard]] std::string bounds_text(const types::Type& type);

/// Why a value is outside of what its type admits: "20 is outside 576..9216"; none where it fits, and
/// where the value is of another kind.
[[nodiscard]] std::optional<std::string> bounds_problem(const types::Type& type,
                                                        const Value& value);
/// The same for what has a length: a text, list or map.
[[nodiscard]] std::optional<std::string> length_problem(const types::Type& type,
                                                        std::int64_t length);

/// An end as a type keeps it: the bits of a Float, the number of everything else.
[[nodiscard]] std::int64_t float_bound(double end);

}  // namespace hlab::values
