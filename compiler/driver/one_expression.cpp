#include "compiler/driver/one_expression.h"

#include "compiler/check/checker.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/inputs.h"
#include "compiler/syntax/parse.h"

namespace hlab::driver {
namespace {

program::ModuleId add_to_lab(Compilation& run, FileId file) {
  const program::ModuleId module = run.program.lab_module ? run.program.lab_module
                                                          : run.program.prelude;
  run.program.file_modules.resize(file.index + 1, module);
  return module;
}

values::Value evaluated(Compilation& run, FileId file) {
  const values::Value wrong = values::make(values::ValueKind::error, syntax::ExprId());
  const std::size_t before = run.diags.error_count();
  const syntax::ExprId expr = syntax::parse_expression(run.sources, file, run.symbols, run.ast,
                                                       run.diags);
  check::Scope scope;
  scope.module = add_to_lab(run, file);
  if (!expr.valid() || run.diags.error_count() != before) return wrong;
  check::Checker checker(run.program, run.lab, run.sources, run.diags);
  Inputs inputs(run);
  checker.load_input = [&](Symbol path, syntax::ExprId call) { return inputs.open(path, call); };
  checker.expression(expr, check::TypeId(), scope);
  if (run.diags.error_count() != before) return wrong;
  const values::Value value = run.evaluator->value(expr, {});
  run.evaluator->all_fields();  // of records that the expression has made
  return run.diags.error_count() == before ? value : wrong;
}

}  // namespace

values::Value evaluate_text(Compilation& run, std::string text) {
  const FileId file = run.sources.add(std::string(kExpressionSource), std::move(text));
  values::Value value;
  on_deep_stack([&] { value = evaluated(run, file); });
  return value;
}

bool has_values(const Compilation& run) {
  return run.evaluator != nullptr && !run.lab.by_kind.empty();
}

void compute_planned(Compilation& run, values::InstanceId id) {
  if (!run.lab.instances[id].planned) return;
  for (std::uint32_t f = 0; f < run.lab.instances[id].slot_count; ++f) {
    run.evaluator->field(id, f, syntax::ExprId());
    const program::Slot& slot = run.lab.slot(id, f);
    if (slot.shape == program::SlotShape::nested) compute_planned(run, slot.nested);
    for (const program::MapEntry& entry : slot.entries) {
      if (entry.nested.valid()) compute_planned(run, entry.nested);
    }
  }
}

void copy_errors(const diag::Diagnostics& from, diag::Diagnostics& to) {
  for (const diag::Diagnostic* item : from.sorted()) {
    if (item->severity != diag::Severity::error) continue;
    diag::Report report = to.add(*item->info, item->at, item->message);
    report.here(item->here).help(item->help);
    for (const diag::Label& label : item->labels) report.label(label.span, label.message);
    for (const std::string& note : item->notes) report.note(note);
    for (const diag::Fix& fix : item->fixes) report.fix(fix.message, fix.edits);
  }
}

}  // namespace hlab::driver
