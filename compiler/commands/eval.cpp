#include "compiler/commands/commands.h"
#include "compiler/commands/lab_folder.h"
#include "compiler/commands/value_output.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/one_expression.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::copy_errors;
using driver::evaluate_text;
using driver::has_values;
using driver::kFine;
using driver::kLabHasErrors;
using driver::on_deep_stack;

namespace {

int shown(const Compilation& run, const values::Value& value, const Options& options,
          Console& console) {
  const model::View context(run.program, run.lab, values::InstanceId());
  Written written;
  on_deep_stack([&] { written = value_output(context, value, options.format); });
  console.print(written.text);
  if (written.problem.empty()) return kFine;
  console.complain("hlab eval: the value cannot be written so: " + written.problem + "\n");
  return kLabHasErrors;
}

}  // namespace

int command_eval(const Options& options, Console& console) {
  const bool no_lab = !options.lab_given && !holds_lab(".");
  driver::CompileRequest request;
  request.lab = options.lab;
  request.no_lab = no_lab;
  request.site = options.site;
  Compilation& run = console.keep(check_lab(request));
  values::Value value = values::make(values::ValueKind::error, syntax::ExprId());
  if (has_values(run)) value = evaluate_text(run, options.topic);
  diag::Diagnostics errors;
  copy_errors(run.diags, errors);
  Options look = options;
  look.format = Format::human;  // standard output is for the value
  show_diagnostics(run.sources, errors, look, console);
  if (value.is(values::ValueKind::error)) {
    if (errors.has_errors()) return status_of(errors);
    console.complain(
        "hlab eval: the expression has no value: what it names is not declared here\n");
    return kLabHasErrors;
  }
  const int status = shown(run, value, options, console);
  return status == kFine ? status_of(errors) : status;
}

}  // namespace hlab::commands
