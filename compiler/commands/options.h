// The command line, as one value. Parsing prints nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/ast.h"

namespace hlab::commands {

enum class Verb {
  check,
  build,
  eval,
  fmt,
  explain,
  rules,
  builtins,
  graph,
  learn,
  version,
  update,
  lock,
  vendor,
  ways_out,
  test,
  show,
  placement,
  doc,
  init,
  surface,
  secret,
  why,
};
enum class Format { human, json, yaml, github, sarif };
enum class GraphFormat { dot, mermaid, svg, json };
enum class AudienceChoice { everybody, vpn, lan };
enum class ColorChoice { automatic, always, never };

/// What `init` is told; the rest it asks for, or takes as usual.
struct InitOptions {
  std::string folder = ".";
  std::string name;
  std::string domain;
  std::string timezone;
  std::string network;
  std::string gitops;
  std::string repo;
  std::vector<std::string> nodes;  // NAME=BOARD
};

/// `hlab secret set NAME`; `hlab secret list` without `set`.
struct SecretOptions {
  bool set = false;
  std::string name;
  bool again = false;                  // files that are there too
  bool generate = false;               // at random what may be
  std::vector<std::string> from_file;  // KEY=PATH
};

struct Options {
  Verb verb = Verb::check;
  std::string lab = ".";
  Format format = Format::human;
  std::optional<GraphFormat> graph_format;  ///< nothing where the person says none
  ColorChoice color = ColorChoice::automatic;
  std::string out;                           // build
  bool locked = false;                       // check, build
  std::string site;                          // check, build, graph: "" is the lab itself
  bool order = false;                        // graph
  bool check_only = false;                   // fmt --check
  bool dry_run = false;                      // learn
  std::vector<std::string> from;             // graph
  std::vector<std::string> to;               // graph
  std::vector<std::string> kinds;            // graph
  std::vector<syntax::EdgeMode> edge_modes;  // graph
  std::vector<std::string> reach;            // graph: two names, or none
  std::vector<AudienceChoice> audiences;     // surface
  std::string network;                       // learn
  std::vector<std::string> paths;            // fmt
  std::string topic;                         // explain: a code; eval: an expression
  bool lab_given = false;                    // eval
  bool blame = false;                        // show
  bool html = false;                         // doc
  InitOptions init;
  SecretOptions secret;
  bool fix = false;       // check
  bool ways_out = false;  // show: what `ways-out` lists
};

/// Either options, or what to say and the status to leave with (help, wrong use).
struct ParsedOptions {
  std::optional<Options> options;
  int status = 0;
  std::string out;
  std::string err;
};

[[nodiscard]] ParsedOptions parse_options(int argc, const char* const* argv);

[[nodiscard]] std::string_view verb_name(Verb verb);

}  // namespace hlab::commands
