#pragma once

#include <string_view>

namespace hlab::driver {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace hlab::driver
