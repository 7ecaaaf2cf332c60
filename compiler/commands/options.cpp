#include "compiler/commands/options.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>

#include "compiler/commands/options_help.h"
#include "compiler/commands/unknown_option.h"
#include "compiler/commands/verb_options.h"
#include "compiler/commands/version.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::kFine;
using driver::kWrongUse;

namespace {

// In the order of `Verb`.
constexpr auto kVerbs = std::to_array<std::string_view>({
    "check",     "build",   "eval",   "fmt",     "explain", "rules",    "builtins", "graph",
    "learn",     "version", "update", "lock",    "vendor",  "ways-out", "test",     "show",
    "placement", "doc",     "init",   "surface", "secret",  "why",
});

/// CLI11 would call a mistyped command an unexpected argument.
std::string unknown_verb(std::string_view word) {
  std::string text = "hlab: there is no command `" + std::string(word) + "`";
  const std::string_view near = diag::closest(word, {kVerbs.begin(), kVerbs.end()});
  if (!near.empty()) text += "; did you mean `" + std::string(near) + "`?";
  return text + "\nTry `hlab --help`.\n";
}

/// Help asked for is a result; anything else is wrong use.
void finish(ParsedOptions& parsed, const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out, err;
  const int code = app.exit(error, out, err);
  parsed.status = code == 0 ? kFine : kWrongUse;
  parsed.out = out.str();
  if (code != 0) {
    const auto used = app.get_subcommands();
    const std::string command = used.empty() ? "hlab" : "hlab " + used.front()->get_name();
    const std::string option = unknown_option(used.empty() ? app : *used.front());
    parsed.err = command + ": " + (option.empty() ? error.what() : option) + "\nTry `" + command +
                 " --help`.\n";
    parsed.out.clear();
  }
}

}  // namespace

std::string_view verb_name(Verb verb) { return kVerbs[static_cast<std::size_t>(verb)]; }

ParsedOptions parse_options(int argc, const char* const* argv) {
  ParsedOptions parsed;
  if (argc > 1) {
    const std::string_view first = argv[1];
    const bool known = std::find(kVerbs.begin(), kVerbs.end(), first) != kVerbs.end();
    if (!first.starts_with('-') && !known) {
      parsed.status = kWrongUse;
      parsed.err = unknown_verb(first);
      return parsed;
    }
  }
  Options options;
  CLI::App app(help::kIntroduction, "hlab");
  app.footer(help::kFooter);
  app.require_subcommand(1);
  app.set_version_flag("--version", "hlab " + std::string(kVersion), "print the version");
  declare_lab_verbs(app, options);
  declare_questions(app, options);
  declare_tool_verbs(app, options);
  declare_kept_facts(app, options);
  if (argc <= 1) {
    parsed.status = kWrongUse;
    parsed.err = app.help();
    return parsed;
  }
  try {
    app.parse(argc, argv);
    parsed.options = std::move(options);
  } catch (const CLI::ParseError& error) {
    finish(parsed, app, error);
  }
  return parsed;
}

}  // namespace hlab::commands
