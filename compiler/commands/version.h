#pragma once

#include <string_view>

namespace hlab::commands {

/// As CMakeLists.txt says it.
inline constexpr std::string_view kVersion = HLAB_VERSION;

}  // namespace hlab::commands
