// The units of numbers: what a letter behind a number makes of it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "compiler/syntax/ast.h"

namespace hlab::syntax {

struct Unit {
  std::string_view name;
  LiteralKind kind;
  std::uint64_t scale;
};

inline constexpr std::array<Unit, 26> kUnits{{
    {"B", LiteralKind::bytes, 1},
    {"KiB", LiteralKind::bytes, 1ull << 10},
    {"MiB", LiteralKind::bytes, 1ull << 20},
    {"GiB", LiteralKind::bytes, 1ull << 30},
    {"TiB", LiteralKind::bytes, 1ull << 40},
    {"KB", LiteralKind::bytes, 1000ull},
    {"kB", LiteralKind::bytes, 1000ull},
    {"MB", LiteralKind::bytes, 1000'000ull},
    {"GB", LiteralKind::bytes, 1000'000'000ull},
    {"TB", LiteralKind::bytes, 1000'000'000'000ull},
    {"m", LiteralKind::cpu, 1},
    {"ms", LiteralKind::duration, 1},
    {"s", LiteralKind::duration, 1000},
    {"min", LiteralKind::duration, 60'000},
    {"h", LiteralKind::duration, 3'600'000},
    {"d", LiteralKind::duration, 86'400'000},
    {"w", LiteralKind::duration, 604'800'000},
    {"mW", LiteralKind::power, 1},
    {"W", LiteralKind::power, 1000},
    {"kW", LiteralKind::power, 1'000'000},
    {"bps", LiteralKind::rate, 1},
    {"kbps", LiteralKind::rate, 1000},
    {"Mbps", LiteralKind::rate, 1'000'000},
    {"Gbps", LiteralKind::rate, 1'000'000'000},
    {"Kbps", LiteralKind::rate, 1000},
    {"Tbps", LiteralKind::rate, 1'000'000'000'000ull},
}};

/// nullptr where none is called so.
[[nodiscard]] inline const Unit* unit_named(std::string_view name) {
  const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                  [&](const Unit& unit) { return unit.name == name; });
  return found == kUnits.end() ? nullptr : &*found;
}

}  // namespace hlab::syntax
