// Scalars out of texts that others wrote: tables, files of other programs.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/values/value.h"

namespace hlab::values {

/// The value of that kind (integer, ip, cidr, mac, bytes or duration) that the text is, as the language writes it; none where
/// it is no such value, or does not fit 64 bits.
[[nodiscard]] std::optional<Value> read_scalar(ValueKind kind, std::string_view text,
                                               syntax::ExprId origin, Heap& heap);

}  // namespace hlab::values
