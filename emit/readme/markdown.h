// Markdown whose texts from the lab mean nothing but themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hlab::emit {

/// Text of a sentence or a table: what Markdown or HTML would read is escaped, lines are joined.
[[nodiscard]] std::string markdown_text(std::string_view text);
/// A code span; text that would break out of it becomes plain.
[[nodiscard]] std::string markdown_code(std::string_view text);
/// `a`, `b` and `c` in code spans, joined by commas.
[[nodiscard]] std::string markdown_codes(const std::vector<std::string>& texts);

class MarkdownTable {
 public:
  explicit MarkdownTable(std::vector<std::string> heads);
  /// Cells are Markdown already.
  void row(const std::vector<std::string>& cells);
  [[nodiscard]] bool empty() const { return rows_ == 0; }
  /// Each line after `indent`.
  [[nodiscard]] std::string text(std::string_view indent = "") const;

 private:
  std::vector<std::string> lines_;
  std::size_t rows_ = 0;
};

}  // namespace hlab::emit
