// Paths for programs that look from a repository, not from a lab.
#pragma once

#include <string>
#include <string_view>

#include "compiler/source/source_map.h"

namespace hlab::diag {

/// The path of a file of the lab, below the folder in which the lab lies; "" and "." are none.
[[nodiscard]] std::string machine_path(const SourceMap& sources, FileId file,
                                       std::string_view folder);

}  // namespace hlab::diag
