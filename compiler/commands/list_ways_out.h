// Where a lab says something in words that hlab does not know: each such place, why, and whether
// anybody checks it.
#pragma once

#include <string>
#include <vector>

#include "compiler/source/span.h"

namespace hlab::driver {
struct Compilation;
}

namespace hlab::commands {

struct WayOut {
  std::string what;  // `object.ups`, `service.cache.values`
  Span at;
  std::string note;    // what it is, and who checks it
  std::string reason;  // what the lab says, or ""
};

/// In the order of the source.
[[nodiscard]] std::vector<WayOut> ways_out(const driver::Compilation& run);

}  // namespace hlab::commands
