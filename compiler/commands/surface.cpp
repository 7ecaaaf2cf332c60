// `hlab surface`: what the internet and each network can reach, and who asks for a login.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/commands/commands.h"
#include "compiler/commands/field_notes.h"
#include "compiler/driver/compile.h"
#include "compiler/reach/separation.h"
#include "compiler/reach/surface.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;

namespace {

using reach::Opening;
using reach::Surface;
using Json = nlohmann::ordered_json;

std::string_view word(AudienceChoice audience) {
  if (audience == AudienceChoice::everybody) return "public";
  return audience == AudienceChoice::vpn ? "vpn" : "lan";
}

std::string audience_of(const Surface& surface) {
  return surface.network ? surface.network.text("audience") : "public";
}

/// Where the opening is declared; of what the library declares, the declaration that it is part of.
Span place_of(const Compilation& run, const Opening& opening) {
  const Span at = opening.what.declared_at();
  const bool library = run.program.modules[run.program.module_of(at)].library;
  return library ? opening.what.top().declared_at() : at;
}

Json json_of(const Compilation& run, const reach::ReachGraph& graph, const Surface& surface) {
  Json openings = Json::array();
  for (const Opening& opening : surface.openings) {
    const Span at = place_of(run, opening);
    Json one{{"what", opening.what.path()},
             {"where", opening.where},
             {"by", reach::way_of(run.program, run.lab, graph, opening.path)}};
    if (opening.what.is("endpoint")) one["login"] = opening.login;
    if (!opening.reason.empty()) one["because"] = opening.reason;
    one["file"] = run.sources.file(at.file).path;
    one["line"] = run.sources.position(at.file, at.begin).line;
    openings.push_back(one);
  }
  return {{"from", surface.name}, {"audience", audience_of(surface)}, {"openings", openings}};
}

std::string login_text(const Opening& opening) {
  if (!opening.what.is("endpoint")) return "-";
  if (opening.login.empty()) return "not said";
  return opening.reason.empty() ? opening.login
                                : fmt::format("{} because \"{}\"", opening.login, opening.reason);
}

std::string text_of(const Compilation& run, const reach::ReachGraph& graph,
                    const Surface& surface) {
  std::vector<std::vector<std::string>> rows{{"what", "where", "login", "by", "declared at"}};
  for (const Opening& opening : surface.openings) {
    rows.push_back({opening.what.path(), opening.where, login_text(opening),
                    reach::way_of(run.program, run.lab, graph, opening.path),
                    place_text(run, place_of(run, opening))});
  }
  std::string out = surface.name + "\n";
  if (rows.size() == 1) return out + "  reaches nothing of the lab\n";
  std::vector<std::size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const auto& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i)
      line += fmt::format(" {:<{}} ", row[i], i + 1 < row.size() ? widths[i] : 0);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace

int command_surface(const Options& options, Console& console) {
  Compilation& run = console.keep(check_lab({options.lab, false, false, options.site}));
  Options look = options;
  look.format = Format::human;  // standard output is for the answer
  show_diagnostics(run.sources, run.diags, look, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  const reach::ReachGraph graph = reach::reach_graph(run.program, run.lab,
                                                     reach::Origins::networks);
  Json all = Json::array();
  std::string text;
  for (const Surface& surface : reach::surfaces(run.program, run.lab, graph)) {
    const auto& wanted = options.audiences;
    const bool is_wanted = wanted.empty() ||
                           std::any_of(wanted.begin(), wanted.end(), [&](AudienceChoice one) {
                             return word(one) == audience_of(surface);
                           });
    if (!is_wanted) continue;
    all.push_back(json_of(run, graph, surface));
    text += (text.empty() ? "" : "\n") + text_of(run, graph, surface);
  }
  if (options.format == Format::json) {
    console.print(Json({{"version", 1}, {"surfaces", all}})
                      .dump(2, ' ', false, Json::error_handler_t::replace) +
                  "\n");
  } else {
    console.print(text);
  }
  return status_of(run.diags);
}

}  // namespace hlab::commands
