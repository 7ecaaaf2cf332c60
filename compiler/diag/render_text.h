// Diagnostics for people: the message, the places in the source with what is to be seen there, and
// the mend as it would look.
#pragma once

#include <string>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"

namespace hlab::diag {

struct RenderOptions {
  bool color = false;
  std::size_t width = 120;  // longer source lines are cut; 0 means this default
};

/// All diagnostics in their order, an empty line after each.
std::string render_text(const SourceMap& sources, const Diagnostics& diagnostics,
                        const RenderOptions& options = {});
std::string render_text(const SourceMap& sources, const Diagnostic& diagnostic,
                        const RenderOptions& options = {});

/// The file's path as shown: library files under `std/`.
std::string shown_path(const SourceFile& file);

}  // namespace hlab::diag
