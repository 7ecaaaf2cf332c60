#include "compiler/commands/options.h"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>

#include "compiler/commands/options_help.h"
#include "compiler/commands/unknown_option.h"
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

/// Of commands whose result are diagnostics: hosts of code show them beside the lines.
void add_diagnostic_format(CLI::App& app, Options& options) {
  add_choice<Format>(app, "--format", options.format,
                     {{"human", Format::human},
                      {"json", Format::json},
                      {"github", Format::github},
                      {"sarif", Format::sarif}},
                     "how results are written");
}

/// Of commands that give values: numbers stay numbers for whoever reads them.
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

void declare_surface(CLI::App& app, Options& options) {
  CLI::App& surface = add_verb(app, options, Verb::surface,
                               "List what the internet and each network can reach", help::kSurface);
  add_lab(surface, options);
  add_site(surface, options);
  add_format(surface, options);
  const std::map<std::string, AudienceChoice> words{{"public", AudienceChoice::everybody},
                                                    {"vpn", AudienceChoice::vpn},
                                                    {"lan", AudienceChoice::lan}};
  surface
      .add_option_function<std::vector<std::string>>(
          "--audience",
          [&options, words](const std::vector<std::string>& given) {
            for (const std::string& word : given) {
              const auto found = words.find(word);
              if (found == words.end())
                throw CLI::ValidationError("--audience",
                                           "`" + word + "` is none of public|vpn|lan");
              options.audiences.push_back(found->second);
            }
          },
          "only what these reach: the internet, private networks, networks of the house")
      ->type_name("public|vpn|lan")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void declare_lab_verbs(CLI::App& app, Options& options) {
  CLI::App& check = add_verb(app, options, Verb::check, "Say what is wrong with a lab",
                             help::kCheck);
  add_lab(check, options);
  add_diagnostic_format(check, options);
  add_site(check, options);
  check.add_flag("--locked", options.locked, "a stale hlab.lock is an error (for CI)");
  check.add_flag("--fix", options.fix, "apply the fixes that need no decision, then check again");
  check.add_flag("--dry-run", options.dry_run, "with --fix: print a patch, write nothing");

  CLI::App& build = add_verb(app, options, Verb::build, "Write what a lab compiles to",
                             help::kBuild);
  add_lab(build, options);
  build.add_option("--out,-o", options.out, "folder to write into")->type_name("DIR")->required();
  add_diagnostic_format(build, options);
  add_site(build, options);
  build.add_flag("--locked", options.locked, "a stale hlab.lock is an error; it is not written");

  CLI::App& graph = add_verb(app, options, Verb::graph, "Print what depends on what", help::kGraph);
  add_lab(graph, options);
  add_site(graph, options);
  add_choice<GraphFormat>(graph, "--format", options.graph_format,
                          {{"dot", GraphFormat::dot},
                           {"mermaid", GraphFormat::mermaid},
                           {"svg", GraphFormat::svg},
                           {"json", GraphFormat::json}},
                          "language of the graph");
  graph.add_option("--from", options.from, "only this and what it needs, however far away")
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  graph
      .add_option("--to", options.to,
                  "only this and what would miss it; with --from, the paths between")
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  graph.add_option("--kind", options.kinds, "only declarations of this kind")
      ->type_name("KIND")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  graph
      .add_flag("--order", options.order,
                "what starts when, from an empty lab: text, or JSON with --format json")
      ->excludes("--from", "--to", "--kind");

  using syntax::EdgeMode;
  graph.add_option("--mode", options.edge_modes, "only edges of this mode")
      ->type_name("start|run|value")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->transform(CLI::CheckedTransformer(std::map<std::string, EdgeMode>{
          {"start", EdgeMode::start}, {"run", EdgeMode::run}, {"value", EdgeMode::value}}));
  graph.add_option("--reach", options.reach, "by which ways A reaches B; status 5 where by none")
      ->type_name("A B")
      ->expected(2)
      ->allow_extra_args(false);  // the lab may stand behind

  declare_surface(app, options);

  CLI::App& placement = add_verb(app, options, Verb::placement,
                                 "Show a place for everything, and what a lost node takes along",
                                 help::kPlacement);
  add_lab(placement, options);
  add_site(placement, options);
  add_format(placement, options);

  CLI::App& learn = add_verb(app, options, Verb::learn,
                             "Take tailnet addresses from `tailscale status --json`", help::kLearn);
  add_lab(learn, options);
  learn.add_option("--network", options.network, "which network, where the lab has several")
      ->type_name("NAME");
  learn.add_flag("--dry-run", options.dry_run, "print what would change, write nothing");
}

void add_lab_option(CLI::App& app, Options& options) {
  app.add_option("--lab", options.lab, "the lab's folder (default: the current folder)")
      ->type_name("LAB");
}

void declare_questions(CLI::App& app, Options& options) {
  CLI::App& eval = add_verb(app, options, Verb::eval, "Compute an expression in a lab",
                            help::kEval);
  eval.add_option("EXPR", options.topic, "an expression, as after `=` in a lab")
      ->type_name("")
      ->required();
  CLI::Option* lab = add_lab(eval, options);
  eval.parse_complete_callback([&options, lab] { options.lab_given = lab->count() > 0; });
  add_value_format(eval, options);

  CLI::App& doc = add_verb(app, options, Verb::doc, "Print the reference of kinds and modules",
                           help::kDoc);
  doc.add_option("TOPIC", options.topic,
                 "a module or a kind (default: what the lab itself declares)")
      ->type_name("");
  CLI::Option* of = doc.add_option("--lab", options.lab,
                                   "the lab's folder (default: the current folder)")
                        ->type_name("LAB");
  doc.parse_complete_callback([&options, of] { options.lab_given = of->count() > 0; });
  doc.add_flag("--html", options.html, "one page of HTML that needs no other file");
  doc.add_option("--out,-o", options.out, "file to write instead of standard output")
      ->type_name("FILE");

  CLI::App& show = add_verb(app, options, Verb::show,
                            "Show fields, their values and where these come from", help::kShow);
  show.add_option(
          "PATH", options.paths,
          "what to show: a declaration, a field of one, a kind (default: the whole lab); the last "
          "one may be LAB")
      ->type_name("");
  show.add_flag("--blame", options.blame, "say where each value comes from, and what it displaced");
  show.add_flag("--ways-out", options.ways_out,
                "list where the lab leaves what hlab knows (hlab ways-out)");
  add_lab_option(show, options);
  add_site(show, options);
  add_format(show, options);

  CLI::App& why = add_verb(app, options, Verb::why, "Say where a line of the output comes from",
                           help::kWhy);
  why.add_option(
         "FILE", options.paths,
         "FILE or FILE:LINE: a file that hlab writes, a line of it; LAB may stand beside it")
      ->type_name("")
      ->required();
  add_lab_option(why, options);
  add_site(why, options);
  add_format(why, options);
}

void declare_other_verbs(CLI::App& app, Options& options) {
  CLI::App& test = add_verb(app, options, Verb::test, "Run the tests that a lab declares",
                            help::kTest);
  add_lab(test, options);
  test.add_option("--only", options.topic, "tests whose words hold this")->type_name("WORDS");
  add_format(test, options);

  CLI::App& format = add_verb(app, options, Verb::fmt, "Lay out .hlab files", help::kFmt);
  format.add_flag("--check", options.check_only, "change nothing; list files that would change");
  format.add_option("PATH", options.paths, "files or folders, or - for standard input")
      ->type_name("")
      ->required();

  CLI::App& explain = add_verb(app, options, Verb::explain, "Explain a diagnostic", help::kExplain);
  explain.add_option("CODE", options.topic, "code or name of a diagnostic")
      ->type_name("")
      ->required();

  CLI::App& rules = add_verb(app, options, Verb::rules, "List all diagnostics", help::kRules);
  add_format(rules, options);

  CLI::App& builtins = add_verb(app, options, Verb::builtins,
                                "List the operations that values have", help::kBuiltins);
  add_format(builtins, options);

  CLI::App& version = add_verb(app, options, Verb::version, "Print the version",
                               help::kVersionText);
  add_format(version, options);
}

void declare_init(CLI::App& app, Options& options) {
  CLI::App& init = add_verb(app, options, Verb::init, "Begin a lab", help::kInit);
  InitOptions& given = options.init;
  init.add_option("DIR", given.folder, "folder to write into (default: the current one)")
      ->type_name("");
  init.add_option("--name", given.name, "name of the lab (default: home)")->type_name("NAME");
  init.add_option("--domain", given.domain, "domain of machines and services")->type_name("DOMAIN");
  init.add_option("--timezone", given.timezone, "as in Europe/Madrid")->type_name("ZONE");
  init.add_option("--network", given.network, "addresses of the house (default: 192.168.1.0/24)")
      ->type_name("CIDR");
  init.add_option("--nodes", given.nodes, "machines: their names and boards (default: server=pc)")
      ->type_name("NAME=BOARD");
  init.add_option("--gitops", given.gitops,
                  "argocd, flux: with a cluster and what applies the repository (default: none)")
      ->type_name("argocd|flux|none");
  init.add_option("--repo", given.repo, "with --gitops: where the cluster clones from")
      ->type_name("URL");
}

void declare_lock_verbs(CLI::App& app, Options& options) {
  CLI::App& update = add_verb(app, options, Verb::update,
                              "Move versions in hlab.lock to those of the library", help::kUpdate);
  update.add_option("NAME", options.paths, "services to move; all of them without")->type_name("");
  update.add_flag("--check", options.check_only, "change nothing; list what would move");
  add_lab_option(update, options);

  CLI::App& vendor = add_verb(app, options, Verb::vendor,
                              "Take facts of charts, definitions and images from files",
                              help::kVendor);
  vendor.add_option("DIR", options.topic, "folder with charts, definitions (CRDs), image indexes")
      ->type_name("")
      ->required();
  vendor.add_flag("--dry-run", options.dry_run, "print what would change, write nothing");
  add_lab_option(vendor, options);

  CLI::App& out = add_verb(app, options, Verb::ways_out,
                           "List where the lab leaves what hlab knows", help::kWaysOut);
  add_lab(out, options);
  add_format(out, options);

  CLI::App& lock = add_verb(app, options, Verb::lock, "Work on hlab.lock", help::kLock);
  lock.require_subcommand(1);
  CLI::App& merge = *lock.add_subcommand("merge", "Join two branches: a merge driver for git");
  merge.add_option("FILE", options.paths, "the common base, ours (which is written), theirs")
      ->type_name("")
      ->expected(3)
      ->required();
}

void declare_secret(CLI::App& app, Options& options) {
  CLI::App& secret = add_verb(app, options, Verb::secret, "Make and list the ciphertext of secrets",
                              help::kSecret);
  secret.require_subcommand(1);
  SecretOptions& given = options.secret;
  CLI::App& set = *secret.add_subcommand("set",
                                         "Encrypt a value, and write the files that are missing");
  set.footer(help::kSecretSet);
  set.add_option("NAME", given.name, "a secret of the lab")->type_name("")->required();
  add_lab(set, options);
  add_site(set, options);
  set.add_flag("--again", given.again, "make the files anew that are there, too");
  set.add_flag("--generate", given.generate, "make up the parts that are declared `random`");
  set.add_option("--from-file", given.from_file, "take the value of a part from a file, as it is")
      ->type_name("KEY=PATH")
      ->allow_extra_args(false);
  set.callback([&given] { given.set = true; });

  CLI::App& list = *secret.add_subcommand("list", "Show secrets, who needs them, and their files");
  add_lab(list, options);
  add_site(list, options);
  add_format(list, options);
}

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
  declare_other_verbs(app, options);
  declare_lock_verbs(app, options);
  declare_init(app, options);
  declare_secret(app, options);
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
