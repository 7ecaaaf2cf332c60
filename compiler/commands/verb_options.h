// Options that several commands have, and the commands themselves as the command line knows them.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/commands/options.h"

namespace hlab::commands {

/// An option that takes one of a few words; `--help` lists them, a wrong one is answered with them.
template <class E, class Target>
void add_choice(CLI::App& app, const std::string& flag, Target& target,
                std::vector<std::pair<std::string, E>> choices, const std::string& text) {
  std::string words;
  for (const auto& choice : choices) words += (words.empty() ? "" : "|") + choice.first;
  app.add_option_function<std::string>(
         flag,
         [=, &target](const std::string& word) {
           const auto found = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) {
             return choice.first == word;
           });
           if (found == choices.end()) {
             throw CLI::ValidationError(flag, "`" + word + "` is none of " + words);
           }
           target = found->second;
         },
         text)
      ->type_name(words);
}

CLI::App& add_verb(CLI::App& app, Options& options, Verb verb, const char* text,
                   const char* examples);
CLI::Option* add_lab(CLI::App& app, Options& options);
/// Of commands whose own arguments leave no room for LAB.
void add_lab_option(CLI::App& app, Options& options);
void add_site(CLI::App& app, Options& options);
void add_format(CLI::App& app, Options& options);
/// Of commands whose result are diagnostics: hosts of code show them beside the lines.
void add_diagnostic_format(CLI::App& app, Options& options);
/// Of commands that give values: numbers stay numbers for whoever reads them.
void add_value_format(CLI::App& app, Options& options);

/// check, build, graph, surface, placement, learn
void declare_lab_verbs(CLI::App& app, Options& options);
/// eval, doc, show, why
void declare_questions(CLI::App& app, Options& options);
/// test, fmt, init, and what is told of hlab itself
void declare_tool_verbs(CLI::App& app, Options& options);
/// update, vendor, ways-out, lock, secret
void declare_kept_facts(CLI::App& app, Options& options);

}  // namespace hlab::commands
