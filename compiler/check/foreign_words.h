// What people write who come from other languages, and how hlab says it.
#pragma once

#include <string_view>

namespace hlab::check {

/// For a bare name that nothing has, such as `null` or `this`; empty where nothing is known of it.
[[nodiscard]] std::string_view instead_of_name(std::string_view name);

/// For an operation or a function that nothing has, such as `len` or `map`; empty where nothing is known.
[[nodiscard]] std::string_view instead_of_operation(std::string_view name);

}  // namespace hlab::check
