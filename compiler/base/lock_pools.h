// The pools of `hlab.lock`. One whose name is that of an instance (`network.lan`) hands out what only
// one can have; the others keep facts, which several may share.
#pragma once

#include <string_view>

namespace hlab {

/// Versions that the library's default gave on the day on which a service was first built.
inline constexpr std::string_view kVersionPool = "version";
/// Digests of what `hlab vendor` copied below `vendor/`, and the platforms of images.
inline constexpr std::string_view kChartPool = "chart";
inline constexpr std::string_view kCrdPool = "crd";
inline constexpr std::string_view kImagePool = "image";
/// Digests of the packages that the lab imports.
inline constexpr std::string_view kPackagePool = "package";

/// Whether only one can have each value of the pool.
[[nodiscard]] constexpr bool is_exclusive_pool(std::string_view pool) {
  return pool.find('.') != std::string_view::npos;
}

/// Whether `hlab vendor` keeps it: no build asks for its entries or drops them.
[[nodiscard]] constexpr bool is_vendored_pool(std::string_view pool) {
  return pool == kChartPool || pool == kCrdPool || pool == kImagePool;
}

}  // namespace hlab
