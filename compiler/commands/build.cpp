#include "compiler/commands/commands.h"
#include "compiler/driver/build_tree.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::build_tree;
using driver::BuildResult;
using driver::check_lab;
using driver::Compilation;
using driver::kFine;

int command_build(const Options& options, Console& console) {
  Compilation& run =
      console.keep(check_lab({.lab = options.lab, .locked = options.locked, .site = options.site}));
  BuildResult built;
  const bool sound = !run.diags.has_errors();
  if (sound) built = build_tree(run, options.out);
  // Shown last: emitting and writing report too.
  show_diagnostics(run.sources, run.diags, options, console);
  if (options.format == Format::human) {
    if (run.diags.has_errors()) {
      built.summary = "Found " + count_text(run.diags) + "; nothing was written.\n";
    }
    console.complain(built.summary);
  }
  return built.status != kFine ? built.status : status_of(run.diags);
}

}  // namespace hlab::commands
