#include "compiler/commands/unknown_option.h"

#include <string_view>
#include <vector>
#include <CLI/CLI.hpp>

#include "compiler/diag/suggest.h"

namespace hlab::commands {

std::string unknown_option(const CLI::App& command) {
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  for (const std::string& argument : command.remaining()) {
    const std::string word = argument.substr(0, argument.find('='));
    if (!word.starts_with('-') || word == "-") continue;
    const std::string_view near = diag::closest(word, {known.begin(), known.end()});
    const std::string hint = near.empty() ? "" : "; did you mean `" + std::string(near) + "`?";
    return "there is no option `" + word + "`" + hint;
  }
  return "";
}

}  // namespace hlab::commands
