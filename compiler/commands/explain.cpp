#include "compiler/diag/explain.h"
#include "compiler/commands/commands.h"
#include "compiler/driver/all_diags.h"
#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::all_diagnostics;
using driver::kFine;
using driver::kWrongUse;

int command_explain(const Options& options, Console& console) {
  const diag::Registry registry = all_diagnostics();
  if (const diag::DiagInfo* info = registry.find(options.topic)) {
    console.print(diag::explain_text(*info));
    return kFine;
  }
  std::string text = "hlab explain: no diagnostic is called `" + options.topic + "`";
  const std::string_view near = registry.nearest(options.topic);
  if (!near.empty()) text.append("; did you mean `").append(near).append("`?");
  console.complain(text + "\n`hlab rules` lists them all.\n");
  return kWrongUse;
}

}  // namespace hlab::commands
