// Builds a shell script piece by piece. Whatever comes from the lab goes in as a word or a quoted
// text, never as shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::emit {

class ScriptText {
 public:
  explicit ScriptText(std::string indent = "") : indent_(std::move(indent)) {}

  /// One line of ours, indented.
  ScriptText& line(std::string_view text);
  /// A text of ours as it is.
  ScriptText& raw(std::string_view text);
  /// `step 'TITLE' 'WHY'`, after an empty line at the top level.
  ScriptText& step(std::string_view title, std::string_view why);
  /// A command and its words, each spelt as the shell needs it.
  ScriptText& command(std::string_view name, const std::vector<std::string>& words);
  /// `need a b c`
  ScriptText& programs(std::vector<std::string> names);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string indent_;
  std::string text_;
};

/// For a here-document: the text where every character of it is harmless, else "?".
[[nodiscard]] std::string plain_or_unknown(std::string_view text);

}  // namespace hlab::emit
