#include <fmt/format.h>

#include "compiler/commands/commands.h"
#include "compiler/commands/mend_lab.h"
#include "compiler/diag/unified_diff.h"
#include "compiler/driver/build_tree.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_lock.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::CompileRequest;
using driver::emit_tree;
using driver::kFine;
using driver::kWrongUse;
using driver::report_stale_lock;

namespace {

std::string counted(std::size_t n, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", n, n == 1 ? one : several);
}

/// What is wrong, or is still wrong: also what only those who write the files know.
int report(Compilation& run, const Options& options, Console& console) {
  if (!run.diags.has_errors()) emit_tree(run);
  show_diagnostics(run.sources, run.diags, options, console);
  if (options.format == Format::human) {
    const std::string found = count_text(run.diags);
    console.complain(found.empty() ? "The lab is fine.\n" : "Found " + found + ".\n");
  }
  return status_of(run.diags);
}

std::string patch_of(const Mended& mended) {
  std::string patch;
  for (const auto& [path, after] : mended.after) {
    patch += diag::unified_diff(load::printable_name(path), mended.before.at(path), after);
  }
  return patch;
}

int fix(const CompileRequest& request, const Options& options, Console& console) {
  Mended& mended = console.keep(std::make_unique<Mended>(mend_lab(request)));
  if (!options.dry_run) {
    const WrittenFixes written = write_mended(mended);
    if (written.status != kFine) {
      console.complain("hlab check: " + written.problem);
      return written.status;
    }
  }
  std::string fixed;
  for (const std::string& line : mended.fixed) fixed += line + "\n";
  const bool list_is_result = !options.dry_run && options.format == Format::human;
  if (list_is_result) {
    console.print(fixed);
  } else {
    console.complain(fixed);
  }
  if (options.dry_run) console.print(patch_of(mended));
  Options look = options;
  if (options.dry_run) look.format = Format::human;  // standard output is for the patch
  const int status = report(*mended.run, look, console);
  if (!mended.fixed.empty()) {
    console.complain(fmt::format("{} {}.\n", options.dry_run ? "Would fix" : "Fixed",
                                 counted(mended.fixed.size(), "place", "places")));
  }
  if (mended.left > 0) {
    console.complain(fmt::format("{} a choice or a guess: not applied.\n",
                                 counted(mended.left, "fix is", "fixes are")));
  }
  return status;
}

}  // namespace

int command_check(const Options& options, Console& console) {
  CompileRequest request;
  request.lab = options.lab;
  request.locked = options.locked;
  request.site = options.site;
  if (options.fix) return fix(request, options, console);
  if (options.dry_run) {
    console.complain("hlab check: --dry-run goes with --fix\n");
    return kWrongUse;
  }
  Compilation& run = console.keep(check_lab(request));
  report_stale_lock(run);
  return report(run, options, console);
}

}  // namespace hlab::commands
