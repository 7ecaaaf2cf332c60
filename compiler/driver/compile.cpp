#include "compiler/driver/compile.h"

#include "compiler/check/checker.h"
#include "compiler/check/declare.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/stages.h"
#include "compiler/evaluate/expand.h"
#include "compiler/syntax/parse.h"
#include "embedded/stdlib.h"

namespace hlab::driver {

void read_library(Compilation& run) {
  for (const embedded::EmbeddedFile& file : embedded::stdlib_files()) {
    const FileId id = run.sources.add_static(std::string(file.path), file.bytes);
    syntax::parse(run.sources, id, run.symbols, run.ast, run.diags);
  }
  run.program.ast = &run.ast;
  run.program.symbols = &run.symbols;
}

void read_lab(Compilation& run, const CompileRequest& request) {
  run.loaded = load::load_lab(request.lab, run.diags);
  run.folder = run.loaded.root.string();
  run.locked = request.locked;
  for (load::LoadedFile& file : run.loaded.files) {
    const FileId id = run.sources.add(file.path, std::move(file.bytes));
    syntax::parse(run.sources, id, run.symbols, run.ast, run.diags);
  }
  const load::ReadResult lock_file = load::read_lab_file(run.loaded.root, lock::kFileName);
  if (lock_file.status == load::ReadStatus::ok) {
    const FileId id = run.sources.add(std::string(lock::kFileName), lock_file.bytes);
    run.lock = lock::parse(run.sources, id, run.diags);
  }
}

namespace {

/// Types of every body: the library's kinds, and what the lab wrote.
void check_bodies(Compilation& run, check::Checker& checker, const evaluate::Expansion& expansion) {
  using syntax::EntryKind;
  program::Program& program = run.program;
  for (std::uint32_t k = 0; k < program.kinds.size(); ++k) {
    const program::KindId id(k);
    check::Scope scope;
    scope.self = id;
    scope.module = program.kinds[id].module;
    checker.body(run.ast.entries[program.kinds[id].entry].body, program.types.nested_of(id), scope);
  }
  for (std::uint32_t f = 0; f < program.functions.size(); ++f) checker.function(program::FunctionId(f));
  for (const evaluate::Declaration& declaration : expansion.instances) {
    const syntax::Entry& entry = run.ast.entries[declaration.entry];
    const program::KindId head = program.find_kind(
        declaration.scope.module,
        program.text(run.ast.path_names[entry.base.begin].name));
    program::KindId kind = head;
    if (!entry.refined.empty()) {
      std::string path;
      for (const auto& part : syntax::view(run.ast.path_names, entry.refined)) {
        if (!path.empty()) path += '.';
        path += program.text(part.name);
      }
      kind = program.find_kind(declaration.scope.module, path);
    }
    if (!kind) continue;
    check::Scope scope = declaration.scope;
    scope.self = kind;
    checker.body(entry.body, program.types.nested_of(kind), scope);
  }
  for (const syntax::EntryId id : expansion.defaults) {
    const syntax::Entry& entry = run.ast.entries[id];
    check::Scope scope;
    scope.module = program.module_of(entry.span);
    scope.self = program.find_kind(scope.module, program.text(entry.name));
    if (scope.self) checker.body(entry.body, program.types.nested_of(scope.self), scope);
  }
  for (const syntax::EntryId id : expansion.policies) {
    checker.policy(run.ast.entries[id], program.module_of(run.ast.entries[id].span));
  }
}

}  // namespace

void evaluate_lab(Compilation& run, std::size_t first_file) {
  check::Checker checker(run.program, run.lab, run.sources, run.diags);
  run.evaluator = std::make_unique<evaluate::Evaluator>(run.program, run.lab, run.heap, run.sources, run.diags);
  evaluate::Evaluator& evaluator = *run.evaluator;
  for (const lock::Lease& lease : run.lock.entries()) {
    evaluator.known_leases[{lease.pool, lease.path}] = lease.value;
  }
  const evaluate::Expansion expansion =
      evaluate::expand(run.program, run.lab, checker, evaluator, first_file, run.diags);
  check_bodies(run, checker, expansion);
  if (run.diags.has_errors()) return;
  for (const syntax::EntryId id : expansion.defaults) {
    const syntax::Entry& entry = run.ast.entries[id];
    const auto kind = run.program.find_kind(run.program.module_of(entry.span), run.program.text(entry.name));
    if (kind) evaluator.add_defaults(kind, id);
  }
  const std::size_t declared = run.lab.instances.size();
  for (std::uint32_t i = 0; i < declared; ++i) {
    const program::InstanceId id(i);
    evaluator.lay_out(id);
    const program::Instance instance = run.lab.instances[id];
    evaluator.apply_body(id, run.ast.entries[instance.entry].body, {id, instance.env});
  }
  for (std::uint32_t i = 0; i < declared; ++i) evaluator.finish(program::InstanceId(i));
  evaluator.index_instances();
  evaluator.all_fields();
  run.graph = graph::link(run.program, run.lab, run.diags);
  evaluator.run_checks();
  for (const syntax::EntryId id : expansion.policies) evaluator.run_policy(id);
}

std::unique_ptr<Compilation> check_lab(const CompileRequest& request) {
  auto run = std::make_unique<Compilation>();
  on_deep_stack([&] {
    read_library(*run);
    const std::size_t first_file = run->ast.files.size();
    read_lab(*run, request);
    check::declare(run->program, run->sources, 0, run->diags);
    if (run->ast.files.size() == first_file) return;
    evaluate_lab(*run, first_file);
  });
  return run;
}

}  // namespace hlab::driver
