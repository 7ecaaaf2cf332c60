// The core schema of YAML 1.2 (10.3.2): what a plain scalar is.
#pragma once

#include <cstdint>
#include <string_view>

namespace hlab::input {

enum class ScalarKind : std::uint8_t {
  text,
  null,
  boolean,
  integer,
  real,
  beyond,      // a number that 64 bits do not hold
  not_finite,  // an infinity or no number, which the language does not have
};

struct Scalar {
  ScalarKind kind = ScalarKind::text;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;
};

[[nodiscard]] Scalar core_scalar(std::string_view text);

}  // namespace hlab::input
