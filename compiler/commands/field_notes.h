// What there is to say about a value besides the entry that gave it.
#pragma once

#include <string>
#include <vector>

#include "compiler/inspect/outline.h"

namespace hlab::driver {
struct Compilation;
}

namespace hlab::commands {

/// Leases and versions that hlab.lock keeps, values that were computed elsewhere, fields nobody sets.
[[nodiscard]] std::vector<std::string> field_notes(const driver::Compilation& run,
                                                   const inspect::Inspector& inspector,
                                                   const inspect::OutlineLine& line,
                                                   const inspect::Provenance& provenance,
                                                   bool tells_origin = true);

/// `services.hlab:12:3`, or `std/...` for the library.
[[nodiscard]] std::string place_text(const driver::Compilation& run, Span at);

}  // namespace hlab::commands
