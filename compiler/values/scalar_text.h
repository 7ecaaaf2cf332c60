// The one text of a scalar: what `"${x}"` inserts, what messages show. Quantities have a form
// that the language reads back. Below it, the forms in which the targets want quantities.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/base/symbol.h"
#include "compiler/values/value.h"

namespace hlab::values {

/// None for lists, maps, instances, variants, ranges of integers, secrets and hollow values.
[[nodiscard]] std::optional<std::string> canonical_text(const Value& value,
                                                        const SymbolTable& symbols);

/// For messages: the canonical text, strings in quotes and cut short; else the type's name.
[[nodiscard]] std::string shown_text(const Value& value, const SymbolTable& symbols);

/// `Int`, `String`, `Cidr`: the type's name in the language.
[[nodiscard]] std::string_view kind_name(ValueKind kind);

/// Shortest text that reads back as the same number, always with a point: `1.0`, `1.0e+20`.
[[nodiscard]] std::string float_text(double number);
[[nodiscard]] std::string mac_text(std::uint64_t mac);
/// Largest exact unit, binary or decimal, whichever makes the smaller number: `512MiB`, `1TB`.
[[nodiscard]] std::string bytes_text(std::int64_t bytes);
[[nodiscard]] std::string cpu_text(std::int64_t millicores);
[[nodiscard]] std::string duration_text(std::int64_t ms);
[[nodiscard]] std::string power_text(std::int64_t milliwatts);
[[nodiscard]] std::string rate_text(std::int64_t bits_per_second);

/// `512Mi`, `500G`: in the unit of `bytes_text`.
[[nodiscard]] std::string kubernetes_bytes(std::int64_t bytes);
/// `250m` or `2`.
[[nodiscard]] std::string kubernetes_cpu(std::int64_t millicores);
/// As Go prints a time.Duration: `720h0m0s`, `1.5s`, `500ms`.
[[nodiscard]] std::string go_duration(std::int64_t ms);
/// One number and one unit of d h m s ms: `30d`, `90m`.
[[nodiscard]] std::string prometheus_duration(std::int64_t ms);
/// One number and one unit of d h min s ms: `30d`, `90min`.
[[nodiscard]] std::string systemd_duration(std::int64_t ms);

}  // namespace hlab::values
