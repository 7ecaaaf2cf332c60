#include "compiler/commands/verb_options.h"

namespace hlab::commands {

CLI::Option* add_lab(CLI::App& app, Options& options) {
  return app
      .add_option(
          "LAB", options.lab,
          "folder with the lab's .hlab files, or one such file (default: the current folder)")
      ->type_name("");
}

void add_format(CLI::App& app, Options& options) {
  add_choice<Format>(app, "--format", options.format,
                     {{"human", Format::human}, {"json", Format::json}}, "how results are written");
}

void add_diagnostic_format(CLI::App& app, Options& options) {
  add_choice<Format>(app, "--format", options.format,
                     {{"human", Format::human},
                      {"json", Format::json},
                      {"github", Format::github},
                      {"sarif", Format::sarif}},
                     "how results are written");
}

void add_value_format(CLI::App& app, Options& options) {
  add_choice<Format>(app, "--format", options.format,
                     {{"human", Format::human}, {"json", Format::json}, {"yaml", Format::yaml}},
                     "how values are written");
}

void add_site(CLI::App& app, Options& options) {
  app.add_option("--site", options.site, "the lab as `site NAME of LAB { ... }` changes it")
      ->type_name("NAME");
}

CLI::App& add_verb(CLI::App& app, Options& options, Verb verb, const char* text,
                   const char* examples) {
  CLI::App& sub = *app.add_subcommand(std::string(verb_name(verb)), text);
  sub.footer(examples);
  sub.callback([&options, verb] { options.verb = verb; });
  add_choice<ColorChoice>(sub, "--color", options.color,
                          {{"auto", ColorChoice::automatic},
                           {"always", ColorChoice::always},
                           {"never", ColorChoice::never}},
                          "when to colour (NO_COLOR is heeded)");
  return sub;
}

void add_lab_option(CLI::App& app, Options& options) {
  app.add_option("--lab", options.lab, "the lab's folder (default: the current folder)")
      ->type_name("LAB");
}

}  // namespace hlab::commands
