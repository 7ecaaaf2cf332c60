#include "compiler/check/module_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/module_diags.h"
#include "compiler/diag/suggest.h"

namespace hlab::check {

using namespace program;

void suggest_module(const Program& program, ModuleId from, std::string_view dotted,
                    diag::Report& report) {
  std::vector<std::string_view> names;
  for (const auto& [alias, import] : program.modules[from].imports) {
    names.push_back(program.text(Symbol(alias)));
  }
  for (const auto& [path, id] : program.module_by_path) names.push_back(program.text(Symbol(path)));
  std::sort(names.begin(), names.end());
  const std::size_t dot = dotted.rfind('.');
  const std::string_view near = diag::closest(dotted.substr(0, dot), names);
  if (!near.empty()) report.suggest(std::string(near) + std::string(dotted.substr(dot)));
}

std::vector<std::string_view> names_behind(const Program& program, ModuleId module, ModuleId from) {
  std::vector<std::string_view> names;
  for (const auto& [name, kind] : program.modules[module].kinds) {
    if (!program.is_hidden(program.kinds[kind].entry, module, from)) {
      names.push_back(program.text(Symbol(name)));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

void report_hidden(const Program& program, EntryId declared, ModuleId home, Span at,
                   diag::Diagnostics& diags) {
  const syntax::Entry& entry = program.ast->entries[declared];
  diags.report(kPrivateName, at, program.text(entry.name), module_name(program, home))
      .label(entry.name_span, "declared `private` here");
}

std::string module_name(const Program& program, ModuleId module) {
  const std::string_view path = program.text(program.modules[module].path);
  return path.empty() ? "the lab's own module" : fmt::format("`{}`", path);
}

}  // namespace hlab::check
