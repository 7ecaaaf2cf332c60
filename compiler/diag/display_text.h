// Source text made fit for a terminal: what could steer it or hide something is shown escaped, tabs
// are expanded, and every byte knows its column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hlab::diag {

/// `text` with control, bidirectional, invisible and broken characters escaped; line breaks stay.
std::string visible(std::string_view text);

/// `text` with the middle of words of more than 200 bytes left out: a name of 10 kB is no help.
std::string with_short_words(std::string_view text);

/// One line of source as shown, cut to a width around the place of interest.
class DisplayLine {
 public:
  /// `focus` is a byte offset in `line` that must be seen.
  DisplayLine(std::string_view line, std::size_t focus, std::size_t max_columns);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Column, from 0, at which the character at `byte` is shown; a byte that was cut off has the
  /// column of the nearer end.
  [[nodiscard]] std::size_t column_of(std::size_t byte) const;
  /// Where the bytes [begin, end) are shown: at least one column.
  struct Columns {
    std::size_t begin = 0;
    std::size_t count = 1;
  };
  [[nodiscard]] Columns columns_of(std::size_t begin, std::size_t end) const;

 private:
  struct Cell {
    std::size_t byte = 0;
    std::size_t column = 0;
    std::size_t text = 0;  // offset of its text
  };
  void lay_out(std::string_view line, std::size_t from, std::size_t to);
  void cut(std::size_t focus, std::size_t max_columns, bool cut_left, bool cut_right);

  std::string text_;
  std::vector<Cell> cells_;  // the last one marks the end
};

}  // namespace hlab::diag
