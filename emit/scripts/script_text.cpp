#include "emit/scripts/script_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "emit/core/shell_word.h"

namespace hlab::emit {

ScriptText& ScriptText::line(std::string_view text) {
  if (!text.empty()) text_ += indent_;
  text_ += text;
  text_ += '\n';
  return *this;
}

ScriptText& ScriptText::raw(std::string_view text) {
  text_ += text;
  return *this;
}

ScriptText& ScriptText::step(std::string_view title, std::string_view why) {
  if (indent_.empty()) line("");
  return line(fmt::format("step {} {}", shell_quoted(title), shell_quoted(why)));
}

ScriptText& ScriptText::command(std::string_view name, const std::vector<std::string>& words) {
  std::string text(name);
  for (const std::string& word : words) text += " " + shell_word(word);
  return line(text);
}

ScriptText& ScriptText::programs(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  step("Look for the programs", "Nothing is changed before all of them are there.");
  return command("need", names);
}

std::string plain_or_unknown(std::string_view text) {
  return shell_word(text) == text ? std::string(text) : "?";
}

}  // namespace hlab::emit
