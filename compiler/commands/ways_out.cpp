// `hlab ways-out`: where the lab leaves what hlab knows.
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "compiler/commands/commands.h"
#include "compiler/commands/list_ways_out.h"
#include "compiler/driver/compile.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;

namespace {

std::string place(const Compilation& run, Span at) {
  if (!at.valid()) return "";
  return fmt::format("{}:{}", run.sources.file(at.file).path,
                     run.sources.position(at.file, at.begin).line);
}

}  // namespace

int command_ways_out(const Options& options, Console& console) {
  driver::CompileRequest request;
  request.lab = options.lab;
  request.site = options.site;
  Compilation& run = console.keep(check_lab(request));
  Options look = options;
  look.format = Format::human;  // standard output is for the list
  show_diagnostics(run.sources, run.diags, look, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  nlohmann::json list = nlohmann::json::array();
  for (const WayOut& way : ways_out(run)) {
    const std::string at = place(run, way.at);
    if (options.format == Format::json) {
      list.push_back({{"what", way.what}, {"at", at}, {"note", way.note}, {"reason", way.reason}});
      continue;
    }
    console.print(fmt::format("{}  {}: {}{}\n", at, way.what, way.note,
                              way.reason.empty() ? "" : " (" + way.reason + ")"));
  }
  if (options.format == Format::json) console.print(list.dump(2) + "\n");
  return status_of(run.diags);
}

}  // namespace hlab::commands
