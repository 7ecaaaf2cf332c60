// What the source would look like with a fix in place.
#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diag.h"
#include "compiler/source/source_map.h"

namespace hlab::diag {

struct PreviewLine {
  std::uint32_t number = 1;  // in the mended file
  std::string text;
  std::size_t begin = 0;  // what is new in it; begin == end where something only went away
  std::size_t end = 0;
};

struct FixPreview {
  FileId file;
  std::uint32_t line = 1;  // where the first edit is, in the file as it stands
  std::uint32_t column = 1;
  std::vector<PreviewLine> lines;  // only those that change
};

/// One preview for each file that the fix touches, in the order of its edits. Edits that overlap
/// or lie outside their file give none.
std::vector<FixPreview> preview(const SourceMap& sources, const Fix& fix);

}  // namespace hlab::diag
