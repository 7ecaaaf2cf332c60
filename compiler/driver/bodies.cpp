// Checking: the bodies of kinds, functions, declarations, defaults and policies.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/check/module_names.h"
#include "compiler/check/type_of_node.h"
#include "compiler/driver/stages.h"
#include "compiler/evaluate/variation_diags.h"

namespace hlab::driver {
namespace {

using check::Scope;
using program::KindId;

void check_kind(Compilation& run, check::Checker& checker, KindId id) {
  Scope scope;
  scope.self = id;
  scope.body_of = check::BodyOf::kind;
  scope.module = run.program.kinds[id].module;
  const syntax::Entry& entry = run.ast.entries[run.program.kinds[id].entry];
  checker.body(entry.body, run.program.types.nested_of(id), scope);
}

/// The kind after the colon, else the one at the beginning.
KindId declared_kind(const Compilation& run, const evaluate::Declaration& declaration) {
  const syntax::Entry& entry = run.ast.entries[declaration.entry];
  const Range path = entry.refined.empty() ? entry.base : entry.refined;
  return run.program.find_kind(declaration.scope.module, check::dotted(run.program, path));
}

void check_site_of(Compilation& run, syntax::EntryId site) {
  const syntax::PathName& of = syntax::view(run.ast.path_names, run.ast.entries[site].base)[0];
  const auto [first, last] = run.lab.by_name.equal_range(of.name.index);
  const bool known = std::any_of(first, last, [&](const auto& named) {
    return run.program.is_kind(run.lab.instances[named.second].kind, run.program.core_kind("lab"));
  });
  if (!known) run.diags.report(evaluate::kNoSuchLab, of.span, run.program.text(of.name));
}

}  // namespace

LibraryEnd library_end(const Compilation& run) {
  return {static_cast<std::uint32_t>(run.program.kinds.size()),
          static_cast<std::uint32_t>(run.program.functions.size()), run.ast.files.size()};
}

void check_bodies(Compilation& run, check::Checker& checker, const evaluate::Expansion& expansion,
                  const LibraryEnd& first) {
  program::Program& program = run.program;
  for (std::uint32_t k = first.kinds; k < program.kinds.size(); ++k)
    check_kind(run, checker, KindId(k));
  for (std::uint32_t f = first.functions; f < program.functions.size(); ++f) {
    checker.function(program::FunctionId(f));
  }
  checker.report_recursion();
  for (const evaluate::Declaration& declaration : expansion.instances) {
    const KindId kind = declared_kind(run, declaration);
    if (!kind) continue;
    Scope scope = declaration.scope;
    scope.self = kind;
    checker.body(run.ast.entries[declaration.entry].body, program.types.nested_of(kind), scope);
  }
  for (const syntax::EntryId id : expansion.defaults) {
    const syntax::Entry& entry = run.ast.entries[id];
    Scope scope;
    scope.module = program.module_of(entry.span);
    scope.self = program.find_kind(scope.module, program.text(entry.name));
    scope.body_of = check::BodyOf::defaults;
    if (scope.self) {
      const program::Kind& kind = program.kinds[scope.self];
      if (program.is_hidden(kind.entry, kind.module, scope.module))
        check::report_hidden(program, kind.entry, kind.module, entry.name_span, run.diags);
      checker.body(entry.body, program.types.nested_of(scope.self), scope);
    } else {
      checker.unknown_kind(entry.name_span, entry.name, scope.module);
    }
  }
  for (const syntax::EntryId id : expansion.policies) {
    checker.policy(run.ast.entries[id], program.module_of(run.ast.entries[id].span));
  }
}

void check_variation(Compilation& run, check::Checker& checker, evaluate::Expansion& expansion) {
  run.sites = expansion.sites;
  run.tests = expansion.tests;
  for (const syntax::EntryId site : run.sites) check_site_of(run, site);
  run.overrides = evaluate::find_overrides(run.program, run.lab, checker, *run.evaluator,
                                           expansion.overrides, run.diags);
  for (evaluate::VariationEntry& one : expansion.expectations) {
    checker.expectation(run.ast.entries[one.entry], one.scope);
  }
  run.expectations = std::move(expansion.expectations);
}

}  // namespace hlab::driver
