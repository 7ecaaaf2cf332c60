// Diagnostics for programs: one JSON object, version 1 of its form.
#pragma once

#include <string>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"

namespace hlab::diag {

/// `{"version":1,"diagnostics":[...]}` and a line break. A diagnostic without a place has `null`
/// for `file` and `range`; notes stand in `help`, before the help itself.
std::string render_json(const SourceMap& sources, const Diagnostics& diagnostics);

}  // namespace hlab::diag
