#include "compiler/commands/commands.h"
#include "compiler/diag/explain.h"
#include "compiler/driver/all_diags.h"
#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::all_diagnostics;
using driver::kFine;

int command_rules(const Options& options, Console& console) {
  const auto rules = all_diagnostics().sorted();
  console.print(options.format == Format::json ? diag::rules_json(rules)
                                               : diag::rules_table(rules));
  return kFine;
}

}  // namespace hlab::commands
