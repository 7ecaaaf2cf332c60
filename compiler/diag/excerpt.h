// Draws blocks of source with marks under them. Knows the gutter and the colours, not what a
// diagnostic is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diag.h"
#include "compiler/source/source_map.h"

namespace hlab::diag {

enum class Ink : std::uint8_t { plain, bold, error, warning, frame, label, mend };

/// A stretch of one line, marked with `sign` and explained by `text`.
struct Mark {
  std::uint32_t line = 1;
  std::size_t begin = 0;  // bytes in the line
  std::size_t end = 0;
  char sign = '^';
  Ink ink = Ink::error;
  std::string_view text;
};

class Excerpt {
 public:
  /// `digits`: room for line numbers.
  Excerpt(std::string& out, bool color, std::size_t width, std::size_t digits)
      : out_(out), color_(color), width_(width), digits_(digits) {}

  void paint(Ink ink, std::string_view text);
  /// `   --> lab.hlab:38:17`
  void arrow(std::string_view place);
  /// An empty line of the frame.
  void rule();
  void source_line(std::uint32_t number, std::string_view line, const std::vector<Mark>& marks);
  /// Stands for lines left out.
  void gap();
  /// ` help: text`, further lines of `text` below its first word.
  void remark(Ink ink, std::string_view word, std::string_view text);

 private:
  void gutter(std::string_view number);
  void mark_row(const class DisplayLine& shown, const Mark& mark);
  [[nodiscard]] std::size_t room() const;

  std::string& out_;
  bool color_;
  std::size_t width_;
  std::size_t digits_;
};

}  // namespace hlab::diag
