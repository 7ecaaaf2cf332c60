#include "compiler/diag/explain.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/exit_status.h"

namespace hlab::driver {

int command_rules(const Options& options, Console& console) {
  const auto rules = all_diagnostics().sorted();
  console.print(options.format == Format::json ? diag::rules_json(rules)
                                               : diag::rules_table(rules));
  return kFine;
}

}  // namespace hlab::driver
