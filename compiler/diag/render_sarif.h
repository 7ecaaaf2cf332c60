// Diagnostics as SARIF 2.1.0, which code hosts and editors read.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"

namespace hlab::diag {

/// One run; columns count code points, as everywhere in hlab. `folder` is where the lab lies in the
/// repository: paths begin there. Places in the library are left out.
std::string render_sarif(const SourceMap& sources, const Diagnostics& diagnostics,
                         std::string_view folder, std::string_view version);

}  // namespace hlab::diag
