#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/lab_work.h"

namespace hlab::driver {

int command_graph(const Options& options, Console& console) {
  Compilation& run = console.keep(check_lab({.lab = options.lab, .locked = options.locked, .site = options.site}));
  show_diagnostics(run.sources, run.diags, options, console);
  if (!run.diags.has_errors()) console.print(graph_text(run, options.graph_format));
  return status_of(run.diags);
}

}  // namespace hlab::driver
