#include "compiler/check/module_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/module_diags.h"
#include "compiler/diag/suggest.h"

namespace hlab::check {

using namespace program;

namespace {

/// Whether the module behind the first names has a kind or a function of the last name, which may be named there.
bool is_there(const Program& program, ModuleId from, std::string_view dotted) {
  const ModulePath reached = program.module_of_path(from, dotted);
  const Symbol name = program.symbols->find(dotted.substr(dotted.rfind('.') + 1));
  if (!reached.module || !name) return false;
  const Module& module = program.modules[reached.module];
  const auto kind = module.kinds.find(name.index);
  return module.functions.contains(name.index) ||
         (kind != module.kinds.end() &&
          !program.is_hidden(program.kinds[kind->second].entry, reached.module, from));
}

/// What a folder is called here that is imported by another name than its own, `import ./office as o`.
std::string_view other_alias(const Program& program, ModuleId from, std::string_view folder) {
  std::string_view found;
  for (const auto& [alias, import] : program.modules[from].imports) {
    if (!import.module) continue;
    const std::string_view path = program.text(program.modules[import.module].path);
    const std::string_view called = program.text(Symbol(alias));
    if (path.substr(path.rfind('/') + 1) == folder && (found.empty() || called < found))
      found = called;
  }
  return found;
}

}  // namespace

void suggest_module(const Program& program, ModuleId from, std::string_view dotted,
                    diag::Report& report) {
  std::vector<std::string_view> names;
  for (const auto& [alias, import] : program.modules[from].imports) {
    names.push_back(program.text(Symbol(alias)));
  }
  for (const auto& [path, id] : program.module_by_path) names.push_back(program.text(Symbol(path)));
  std::sort(names.begin(), names.end());
  const std::size_t dot = dotted.rfind('.');
  const std::string_view other = other_alias(program, from, dotted.substr(0, dot));
  if (!other.empty()) {
    report.suggest(diag::Near{fmt::format("{}{}", other, dotted.substr(dot)), true});
    report.note(fmt::format("the import calls it `{}`", other));
    return;
  }
  const std::string_view near = diag::closest(dotted.substr(0, dot), names);
  if (near.empty()) return;
  const std::string whole = std::string(near) + std::string(dotted.substr(dot));
  if (is_there(program, from, whole)) {
    report.suggest(whole);
  } else {
    report.help(
        fmt::format("there is a module `{}`, and it has no `{}`", near, dotted.substr(dot + 1)));
  }
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
