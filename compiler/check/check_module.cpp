// `office.wiki`, `office.node.vault`: what stands behind the name of a module.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/module_names.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"

namespace hlab::check {

program::ModulePath Checker::module_of(ExprId id, const Scope& scope) const {
  const std::string path = path_text(id);
  if (path.empty() || path.front() == '.') return {};
  const std::string_view first = std::string_view(path).substr(0, path.find('.'));
  for (const Local& local : scope.locals) {
    if (text(local.name) == first) return {};
  }
  return program_.module_of_path(scope.module, path);
}

Checker::Family Checker::family(ExprId id, const Scope& scope) const {
  const program::ModulePath module = module_of(id, scope);
  if (!module.module || program_.modules[module.module].library) {
    return {kind_path(id, scope), scope.module};
  }
  const std::string path = path_text(id);
  const std::string_view name = std::string_view(path).substr(module.length + 1);
  if (name.find('.') != std::string_view::npos) return {};
  return {program_.find_kind(module.module, name), module.module};
}

void Checker::tell_hidden(KindId kind, Span at, const Scope& scope) {
  const program::Kind& named = program_.kinds[kind];
  if (!program_.is_hidden(named.entry, named.module, scope.module)) return;
  report_hidden(program_, named.entry, named.module, at, diags_);
}

/// None where the path does not lead into a module of the lab, or leads further than to a declaration.
TypeId Checker::behind_module(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const program::ModulePath module = module_of(id, scope);
  if (module.broken) return poisoned();
  if (!module.module || program_.modules[module.module].library) return {};
  const Symbol name(e.b);
  const std::string path = path_text(id);
  if (path.find('.', module.length + 1) != std::string::npos) {
    const Family of = family(ExprId(e.a), scope);
    const TypeId found = declared_as(id, name, of, e.span, scope);
    if (found.valid() || !of.kind) return found;
    if (declared_in(module.module, Symbol(ast().exprs[ExprId(e.a)].b), KindId())) return {};
  }
  const TypeId found = declared_name(id, name, e.span, module.module, expected, scope);
  if (found.valid()) return found;
  if (is_broken(name, KindId())) return poisoned();
  auto names = names_behind(program_, module.module, scope.module);
  for (const auto& [index, one] : lab_.by_name) {
    const program::Instance& instance = lab_.instances[one];
    if (instance.module != module.module) continue;
    if (!program_.is_hidden(instance.entry, module.module, scope.module))
      names.push_back(text(Symbol(index)));
  }
  std::sort(names.begin(), names.end());
  auto report = diags_.report(kUnknownName, e.span, path, "");
  const std::string_view near = diag::closest(text(name), names);
  if (!near.empty()) report.suggest(path.substr(0, path.rfind('.') + 1) + std::string(near));
  return poisoned();
}

/// Names of what a module declares of a kind, sorted; none where there were too many errors to be read.
std::vector<std::string_view> Checker::declared_of(KindId kind, ModuleId home) const {
  std::vector<std::string_view> names;
  if (!diag::worth_naming(diags_)) return names;
  for (const auto& [index, one] : lab_.by_name) {
    const program::Instance& instance = lab_.instances[one];
    if (instance.module == home && program_.is_kind(instance.kind, kind))
      names.push_back(text(Symbol(index)));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// A key of `Map<&network, T>` is a declaration: `lan` of this module, or `office.lan` in two steps.
TypeId Checker::declared_key(const syntax::Segment& segment, std::uint32_t at, TypeId target,
                             bool last, const Scope& scope) {
  const types::Type map = type(target);
  const KindId kind = type(map.b).of;
  const auto& imports = program_.modules[scope.module].imports;
  ModuleId home = scope.module;
  if (at > 0 && program_.segment_instances[at - 1] == program::kThroughModule) {
    home = imports.at(ast().segments[at - 1].name.index).module;
  }
  if (segment.key.valid()) {
    // A text, which is looked up among the declarations once it is known: they all are before any value.
    program::Resolution& how = program_.resolutions[segment.key.index];
    if (how.kind == program::ResolutionKind::none && how.a == program::kPoisoned) return map.a;
    how = {program::ResolutionKind::lookup, {}, kind.index, home};
    return map.a;
  }
  const InstanceId declared = declared_in(home, segment.name, kind);
  if (declared) {
    const syntax::EntryId entry = lab_.instances[declared].entry;
    if (program_.is_hidden(entry, home, scope.module)) {
      report_hidden(program_, entry, home, segment.span, diags_);
    }
    program_.segment_instances[at] = declared.index;
    return map.a;
  }
  const auto import = segment.name.valid() ? imports.find(segment.name.index) : imports.end();
  if (import != imports.end() && !import->second.module) return poisoned();
  if (import != imports.end() && !last && home == scope.module) {
    program_.segment_instances[at] = program::kThroughModule;
    return target;
  }
  const bool told = segment.name.valid() &&
                    (is_broken(segment.name, kind) || in_torn(segment.name, segment.span));
  if (told || (scope.untaken && may_be_declared(segment.name))) return poisoned();
  const auto names = declared_of(kind, home);
  const std::string_view written = segment.name.valid() ? text(segment.name) : "";
  diags_
      .report(kUnknownName, segment.span, written.empty() ? "..." : written,
              fmt::format(" ({} is needed)", a_kind(kind)))
      .suggest(diag::closest(written, names));
  // What is said of it can be right all the same.
  return last || type(core(map.a)).kind == types::TypeKind::nested ? map.a : poisoned();
}

}  // namespace hlab::check
