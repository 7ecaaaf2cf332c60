#pragma once

#include <string_view>

namespace hlab::commands {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace hlab::commands
