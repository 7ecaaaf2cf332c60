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
  /// The line of the last place that was asked about: one line may hold any number of mistakes.
  struct Line {
    FileId file;
    std::size_t begin = 0;
    std::size_t end = 0;
    int open = 0;  // brackets that nothing closes; -1 where one closes nothing
  };
  const Line& line_of(Span at);
  [[nodiscard]] bool goes_on(const diag::Diagnostic& found) const;

  const SourceMap& sources_;
  Line last_;
  std::set<std::pair<std::uint32_t, std::size_t>> odd_;  // file and begin of such lines
};

}  // namespace hlab::driver
