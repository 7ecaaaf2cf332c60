// A bracket too many or too few on a line that was not understood: what closes or goes on with it below, in the
// same declaration, makes no sense either.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

#include "compiler/diag/diag.h"
#include "compiler/source/source_map.h"

namespace hlab::driver {

class TornBrackets {
 public:
  explicit TornBrackets(const SourceMap& sources) : sources_(sources) {}

  /// The line of that place was not understood.
  void note(Span at);
  /// Something else is wrong on that line: its brackets are odd where it closes more than it opens.
  void note_closing(Span at);
  /// Whether what is told comes of a line above it.
  [[nodiscard]] bool follows(const diag::Diagnostic& found) const;

 private:
  [[nodiscard]] bool goes_on(const diag::Diagnostic& found) const;

  const SourceMap& sources_;
  std::set<std::pair<std::uint32_t, std::size_t>> odd_;  // file and begin of such lines
};

}  // namespace hlab::driver
