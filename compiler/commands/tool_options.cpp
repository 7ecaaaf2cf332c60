// Options of the commands beside the lab: tests, layout, a first lab, hlab itself.
#include "compiler/commands/options_help.h"
#include "compiler/commands/verb_options.h"

namespace hlab::commands {

namespace {

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

}  // namespace

void declare_tool_verbs(CLI::App& app, Options& options) {
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
  explain
      .add_option("CODE", options.topic, "code or name of a diagnostic, or of a rule of the lab")
      ->type_name("")
      ->required();
  CLI::Option* lab = add_lab(explain, options);
  explain.parse_complete_callback([&options, lab] { options.lab_given = lab->count() > 0; });

  CLI::App& rules = add_verb(app, options, Verb::rules, "List all diagnostics", help::kRules);
  add_format(rules, options);

  CLI::App& builtins = add_verb(app, options, Verb::builtins,
                                "List the operations that values have", help::kBuiltins);
  add_format(builtins, options);

  CLI::App& version = add_verb(app, options, Verb::version, "Print the version",
                               help::kVersionText);
  add_format(version, options);

  declare_init(app, options);
}

}  // namespace hlab::commands
