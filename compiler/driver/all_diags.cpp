// The one place that joins the stages' lists of diagnostics.
#include "compiler/check/check_diags.h"
#include "compiler/driver/commands.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/load/load_diags.h"
#include "compiler/lock/lock_diags.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::driver {

diag::Registry all_diagnostics() {
  diag::Registry registry;
  registry.add_all(load::kAllLoadDiags);
  registry.add_all(lock::kAllLockDiags);
  registry.add_all(syntax::kAllSyntaxDiags);
  registry.add_all(check::kAllCheckDiags);
  registry.add_all(evaluate::kAllEvaluateDiags);
  return registry;
}

}  // namespace hlab::driver
