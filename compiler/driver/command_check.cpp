#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_work.h"

namespace hlab::driver {

int command_check(const Options& options, Console& console) {
  Compilation& run = console.keep(check_lab({.lab = options.lab, .locked = options.locked, .site = options.site}));
  report_stale_lock(run);
  show_diagnostics(run.sources, run.diags, options, console);
  if (options.format == Format::human) {
    const std::string found = count_text(run.diags);
    console.complain(found.empty() ? "The lab is fine.\n" : "Found " + found + ".\n");
  }
  return status_of(run.diags);
}

}  // namespace hlab::driver
