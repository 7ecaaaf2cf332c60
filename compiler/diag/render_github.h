// Diagnostics as workflow commands: GitHub Actions puts them beside the lines of a pull request.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"

namespace hlab::diag {

/// A line `::error file=...,line=...::message` each. `folder` is where the lab lies in the repository:
/// paths begin there. What the library says has no file.
std::string render_github(const SourceMap& sources, const Diagnostics& diagnostics,
                          std::string_view folder);

}  // namespace hlab::diag
