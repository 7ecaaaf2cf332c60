// `hlab explain CODE [LAB]`: what a diagnostic means, of hlab or of a `rule` that the lab declares.
#include "compiler/diag/explain.h"
#include "compiler/commands/commands.h"
#include "compiler/commands/lab_folder.h"
#include "compiler/driver/all_diags.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/declared_rules.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/one_expression.h"

namespace hlab::commands {

using driver::all_diagnostics;
using driver::Compilation;
using driver::CompileRequest;
using driver::kFine;
using driver::kWrongUse;

namespace {

int unknown(const diag::Registry& registry, const Options& options, bool asked_lab,
            Console& console) {
  std::string text = "hlab explain: no diagnostic is called `" + options.topic + "`";
  const std::string_view near = registry.nearest(options.topic);
  if (!near.empty()) text.append("; did you mean `").append(near).append("`?");
  text += "\n`hlab rules` lists them all";
  if (!asked_lab)
    text += ", but for those that a lab declares: `hlab explain " + options.topic + " LAB`";
  console.complain(text + ".\n");
  return kWrongUse;
}

}  // namespace

int command_explain(const Options& options, Console& console) {
  diag::Registry registry = all_diagnostics();
  if (const diag::DiagInfo* info = registry.find(options.topic)) {
    console.print(diag::explain_text(*info));
    return kFine;
  }
  if (!options.lab_given && !holds_lab(".")) return unknown(registry, options, false, console);
  CompileRequest request;
  request.lab = options.lab;
  const Compilation& run = console.keep(driver::compile_lab(request));
  const std::deque<diag::DiagInfo> rules = driver::declared_rules(run.program, run.lab);
  for (const diag::DiagInfo& rule : rules) registry.add(rule);
  if (const diag::DiagInfo* info = registry.find(options.topic)) {
    console.print(diag::explain_text(*info, 80, diag::RuleOf::lab));
    return kFine;
  }
  diag::Diagnostics errors;  // a rule that could not be read may be the one
  driver::copy_errors(run.diags, errors);
  show_diagnostics(run.sources, errors, options, console);
  return unknown(registry, options, true, console);
}

}  // namespace hlab::commands
