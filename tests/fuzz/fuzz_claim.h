// What must hold for every input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace hlab::fuzz {

inline void claim(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace hlab::fuzz
