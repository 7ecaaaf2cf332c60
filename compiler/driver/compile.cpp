#include "compiler/driver/compile.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>

#include "compiler/base/lock_pools.h"
#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/declare.h"
#include "compiler/driver/declared_rules.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/exchanged_heads.h"
#include "compiler/driver/follow_ups.h"
#include "compiler/driver/inputs.h"
#include "compiler/driver/lab_files.h"
#include "compiler/driver/library_image.h"
#include "compiler/driver/manifest_files.h"
#include "compiler/driver/module_use.h"
#include "compiler/driver/modules.h"
#include "compiler/driver/one_mistake.h"
#include "compiler/driver/packages.h"
#include "compiler/driver/stages.h"
#include "compiler/driver/variations.h"
#include "compiler/driver/waivers.h"
#include "compiler/evaluate/default_use.h"
#include "compiler/evaluate/endless_kinds.h"
#include "compiler/evaluate/expand.h"
#include "compiler/evaluate/known_parts.h"
#include "compiler/evaluate/moved.h"
#include "compiler/evaluate/shared_paths.h"
#include "compiler/load/load_diags.h"
#include "compiler/rules/kubernetes/moved_volumes.h"
#include "compiler/rules/rule.h"
#include "compiler/syntax/parse.h"
#include "embedded/stdlib.h"
#include "emit/core/tree_text.h"
#include "emit/vendored/facts.h"

namespace hlab::driver {

void compile_library(Compilation& run) {
  for (const embedded::EmbeddedFile& file : embedded::stdlib_files()) {
    const FileId id = run.sources.add_static(std::string(file.path), file.bytes);
    syntax::parse(run.sources, id, run.symbols, run.ast, run.diags);
  }
  run.program.ast = &run.ast;
  run.program.symbols = &run.symbols;
  check::declare(run.program, run.sources, 0, run.diags);
  check::Checker checker(run.program, run.lab, run.sources, run.diags);
  check_bodies(run, checker, {}, {});
}

namespace {
/// A build of nothing would remove all that was generated.
bool declares_nothing(const Compilation& run, std::size_t first_file) {
  return std::all_of(run.ast.files.begin() + static_cast<std::ptrdiff_t>(first_file),
                     run.ast.files.end(),
                     [](const syntax::FileRoot& file) { return file.body.empty(); });
}

/// Room for what a lab of this size usually holds, so that the tables need not move while they grow.
void make_room(syntax::Ast& ast, const std::vector<load::LoadedFile>& files) {
  std::size_t bytes = 0;
  for (const load::LoadedFile& file : files) bytes += file.bytes.size();
  ast.entries.reserve(ast.entries.size() + bytes / 24);
  ast.exprs.reserve(ast.exprs.size() + bytes / 16);
  ast.segments.reserve(ast.segments.size() + bytes / 24);
}
}  // namespace

namespace {
lock::Lock read_lock(Compilation& run, const CompileRequest& request, const std::string& name) {
  load::ReadResult file = load::read_lab_file(run.loaded.root, name);
  std::error_code ignored;
  const bool is_link = std::filesystem::is_symlink(run.loaded.root / name, ignored);
  if (file.status == load::ReadStatus::missing && !is_link) return {};
  if (file.status != load::ReadStatus::ok) {
    load::report_read_failure(file, name, run.diags, load::kMaxFileBytes, {});
    return {};
  }
  if (request.instead != nullptr) {
    const auto other = request.instead->find(name);
    if (other != request.instead->end()) file.bytes = other->second;
  }
  return lock::parse(run.sources, run.sources.add(name, file.bytes), run.diags);
}
}  // namespace

std::string lock_file_name(const std::string& site) {
  return site.empty() ? std::string(lock::kFileName) : "hlab." + site + ".lock";
}

void read_lab(Compilation& run, const CompileRequest& request) {
  const std::size_t first_file = run.ast.files.size();
  run.loaded = load::load_lab(request.lab, run.diags);
  run.folder = run.loaded.root.string();
  run.locked = request.locked;
  make_room(run.ast, run.loaded.files);
  const bool has_files = !run.loaded.files.empty();
  if (has_files) read_modules(run, request.instead);
  if (has_files && !run.diags.has_errors() && declares_nothing(run, first_file)) {
    run.diags
        .report(load::kEmptyLab, {}, request.lab.empty() ? "." : load::printable_name(request.lab))
        .help(
            "begin with `lab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }`");
  }
  run.site = request.site;
  run.varied = request.variation.valid();
  run.lock = read_lock(run, request, lock_file_name(""));
  if (!run.site.empty()) {
    run.lock_of_lab = std::move(run.lock);
    run.lock = read_lock(run, request, lock_file_name(run.site));
  }
  check_packages(run, request.accept_packages);
}

/// Which instances there are, and what gives each field its value.
void settle(Compilation& run, const evaluate::Expansion& expansion) {
  evaluate::Evaluator& evaluator = *run.evaluator;
  for (const syntax::EntryId id : expansion.defaults) {
    const syntax::Entry& entry = run.ast.entries[id];
    const auto module = run.program.module_of(entry.span);
    evaluator.add_defaults(run.program.find_kind(module, run.program.text(entry.name)), id);
  }
  const std::size_t declared = run.lab.instances.size();
  for (std::uint32_t i = 0; i < declared; ++i) {
    const program::InstanceId id(i);
    if (run.lab.instances[id].settled) continue;  // a record that the head of a loop made
    evaluator.lay_out(id);
    const program::Instance instance = run.lab.instances[id];
    evaluator.apply_body(id, run.ast.entries[instance.entry].body, {id, instance.env});
  }
  evaluate::apply_overrides(run.program, evaluator, run.overrides);
  for (std::uint32_t i = 0; i < declared; ++i) evaluator.finish(program::InstanceId(i));
  evaluator.settle_claims();
  evaluate::report_shared_paths(run.program, run.lab, run.diags);
  evaluator.index_instances();
  if (run.diags.has_errors()) return;  // what is missing or doubled would look unused
  evaluate::report_unclaimed(run.program, run.lab, evaluator, run.overrides, run.diags);
  evaluate::report_unused_defaults(run.program, run.lab, expansion.defaults, run.diags);
}

namespace {

void check_moves(Compilation& run) {
  std::vector<rules::Moved> moves;
  for (const evaluate::Evaluator::Move& move : run.evaluator->moves) {
    const syntax::Entry& e = run.ast.entries[move.entry];
    moves.push_back(
        {{run.program, run.lab, move.now}, move.old, e.name_span, e.span, e.key.valid()});
  }
  rules::check_moved_volumes(moves, run.sources, run.diags);
}

/// Of what cannot stand where it does, values and declarations are missing then; a check or an `assert` is
/// not, nor is what stands in a policy.
bool leaves_out(const syntax::Ast& ast, Span misplaced) {
  using enum syntax::EntryKind;
  constexpr std::array kGiving{set, append, block, unset, spread, instance, field, defaults};
  bool gives = false;
  for (const syntax::Entry& e : ast.entries) {
    if (e.kind == policy && contains(e.span, misplaced)) return false;
    const bool it = e.span == misplaced || contains(e.name_span, misplaced);
    gives = gives || (it && std::find(kGiving.begin(), kGiving.end(), e.kind) != kGiving.end());
  }
  return gives;
}

/// Whether something of the lab was left out: a name that means nothing, a declaration of the wrong family,
/// an entry where it cannot stand. What it would have said is missing.
bool has_left_out(const Compilation& run) {
  const std::initializer_list<const diag::DiagInfo*> leaving{
      &check::kUnknownName.info, &check::kUnknownField.info, &check::kUnknownKind.info,
      &check::kKindMismatch.info};
  const auto found = run.diags.sorted();
  return std::any_of(found.begin(), found.end(), [&](const diag::Diagnostic* one) {
    if (one->info == &check::kMisplaced.info) return leaves_out(run.ast, one->at);
    return std::find(leaving.begin(), leaving.end(), one->info) != leaving.end();
  });
}

/// What rules, checks and policies find in a lab whose values are known.
void judge_lab(Compilation& run, const evaluate::Expansion& expansion) {
  const auto platforms = emit::vendored_platforms(run.lock);
  const rules::RuleInput input{run.program, run.lab, run.graph, run.sources, &platforms};
  rules::run_rules(input, run.diags);
  rules::tell_if_known(run.diags, [&] { check_moves(run); });
  run.evaluator->run_checks();
  for (const syntax::EntryId policy : expansion.policies) run.evaluator->run_policy(policy);
  const emit::VendoredInput vendored{run.program, run.lab, run.sources, run.lock,
                                     lab_file_reader(run.loaded.root)};
  rules::tell_if_known(run.diags, [&] { emit::check_vendored(vendored, run.diags); });
}

void compile(Compilation& run, const CompileRequest& request) {
  if (!read_library_image(library_image(), run)) compile_library(run);
  const LibraryEnd first = library_end(run);
  if (!request.no_lab) read_lab(run, request);
  const bool readable = !run.diags.has_errors();
  check::declare(run.program, run.sources, first.files, run.diags);
  if (run.ast.files.size() == first.files && !request.no_lab) return;

  check::Checker checker(run.program, run.lab, run.sources, run.diags);
  run.evaluator = std::make_unique<evaluate::Evaluator>(run.program, run.lab, run.heap, run.sources,
                                                        run.diags);
  run.evaluator->tree_text = emit::tree_text;
  if (request.history) {
    run.evaluator->history = &run.history;
    run.evaluator->noted_pieces = &run.pieces;
  }
  if (request.workings) run.evaluator->workings = &run.workings;
  Inputs inputs(run);
  checker.load_input = [&](Symbol path, syntax::ExprId call) { return inputs.open(path, call); };
  for (const lock::Lock* known : {&run.lock_of_lab, &run.lock}) {
    for (const lock::Lease& lease : known->entries()) {
      run.evaluator->known_leases[{lease.pool, lease.path}] = lease.value;
    }
  }
  if (request.no_lab) return run.evaluator->index_instances();
  run.evaluator->endless_kinds = evaluate::tell_endless_kinds(run.program, run.diags);
  std::vector<syntax::EntryId> variations = request.beside;
  if (request.variation.valid()) variations.insert(variations.begin(), request.variation);
  auto expansion = evaluate::expand(run.program, run.lab, checker, *run.evaluator, first.files,
                                    variations, run.diags);
  check_bodies(run, checker, expansion, first);
  check_variation(run, checker, expansion);
  checker.judge_bare_texts();
  reach::Assertions assertions(run.program, run.lab, run.diags);
  resolve_assertions(run, expansion, assertions);
  check_imports(run);
  if (!request.variation.valid()) report_left_out_folders(run);
  evaluate::report_doubled_defaults(run.program, expansion.defaults, run.diags);
  if (run.diags.has_errors()) {
    tell_exchanged_heads(run.program, run.sources, run.diags);
    drop_follow_ups(run.sources, run.ast, run.diags);
    keep_one_of_each_mistake(run.sources, run.ast, run.diags);
  }
  if (!readable || request.types_only)
    return;  // what did not parse is not there, and would be missed
  run.evaluator->has_broken_bodies = run.diags.has_errors();
  settle(run, expansion);
  evaluate::follow_moves(run.program, run.lab, run.evaluator->moves, run.evaluator->known_leases,
                         run.diags);
  const std::size_t followed = run.evaluator->moves.size();
  run.evaluator->all_fields();
  run.evaluator->tell_left_out();
  if (run.evaluator->has_unlearned) evaluate::note_known_parts(run.program, run.lab, run.heap);
  evaluate::report_late_moves(run.program, run.evaluator->moves, followed, run.diags);
  run.graph = graph::link_with_files(run.program, run.lab, manifest_objects(run), run.diags);
  const bool is_whole = !run.diags.has_errors();  // else a path may be missing for what is wrong
  run.declared_rules = declared_rules(run.program, run.lab);
  for (const diag::DiagInfo& rule : run.declared_rules)
    run.evaluator->declared_rules.push_back(&rule);
  report_doubled_rules(run.program, run.lab, run.sources, run.diags);
  report_checks_of_no_rule(run.program, run.sources, run.declared_rules, run.diags);
  // Rules would miss what a mistake leaves out: they wait until it is mended.
  if (!has_left_out(run)) judge_lab(run, expansion);
  run.evaluator->count_ways();
  if (is_whole) judge_assertions(run, expansion, assertions);
  apply_waivers(run, Stage::checked);
  if (run.diags.has_errors()) keep_one_of_each_mistake(run.sources, run.ast, run.diags);
}

}  // namespace

std::unique_ptr<Compilation> compile_lab(const CompileRequest& request) {
  auto run = std::make_unique<Compilation>();
  on_deep_stack([&] { compile(*run, request); });
  return run;
}

std::unique_ptr<Compilation> check_lab(const CompileRequest& request) {
  if (!request.site.empty()) return check_site(request, request.site);
  auto run = compile_lab(request);
  check_variations(*run, request);
  return run;
}

}  // namespace hlab::driver
