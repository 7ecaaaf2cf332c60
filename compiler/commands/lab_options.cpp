// Options of the commands that compile a lab and tell of it as a whole.
#include <map>

#include "compiler/commands/options_help.h"
#include "compiler/commands/verb_options.h"

namespace hlab::commands {

namespace {

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

void declare_graph(CLI::App& app, Options& options) {
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
  const auto take_modes = [&options](const std::vector<std::string>& words) {
    const std::map<std::string, EdgeMode> modes{
        {"start", EdgeMode::start}, {"run", EdgeMode::run}, {"value", EdgeMode::value}};
    for (const std::string& word : words) {
      const auto mode = modes.find(word);
      if (mode == modes.end())
        throw CLI::ValidationError("--mode", "`" + word + "` is none of start|run|value");
      options.edge_modes.push_back(mode->second);
    }
  };
  graph
      .add_option_function<std::vector<std::string>>("--mode", take_modes,
                                                     "only edges of this mode")
      ->type_name("start|run|value")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  graph.add_option("--reach", options.reach, "by which ways A reaches B; status 5 where by none")
      ->type_name("A B")
      ->expected(2)
      ->allow_extra_args(false);  // the lab may stand behind
}

}  // namespace

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

  declare_graph(app, options);
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

}  // namespace hlab::commands
