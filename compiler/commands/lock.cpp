// `hlab lock merge BASE OURS THEIRS`: what git runs where two branches changed hlab.lock.
#include "compiler/commands/commands.h"
#include "compiler/driver/exit_status.h"
#include "compiler/load/read_file.h"
#include "compiler/lock/merge.h"

namespace hlab::commands {

using driver::kFine;
using driver::kLabHasErrors;
using driver::kSystemFailed;

namespace {

/// None where the file could not be read or is no lock; then that was said.
std::optional<lock::Lock> read_lock(const std::string& path, const Options& options,
                                    Console& console, int& status) {
  load::ReadResult read = load::read_regular_file(path);
  if (read.status != load::ReadStatus::ok) {
    console.complain("hlab lock merge: cannot read " + load::printable_name(path) + "\n");
    status = kSystemFailed;
    return std::nullopt;
  }
  SourceMap sources;
  diag::Diagnostics diags;
  const FileId file = sources.add(load::printable_name(path), std::move(read.bytes));
  lock::Lock lock = lock::parse(sources, file, diags);
  show_diagnostics(sources, diags, options, console);
  if (!diags.has_errors()) return lock;
  status = kLabHasErrors;
  return std::nullopt;
}

}  // namespace

int command_lock_merge(const Options& options, Console& console) {
  int status = kFine;
  const auto base = read_lock(options.paths[0], options, console, status);
  const auto ours = read_lock(options.paths[1], options, console, status);
  const auto theirs = read_lock(options.paths[2], options, console, status);
  if (!base || !ours || !theirs) return status;
  const lock::Merged merged = lock::merge(*base, *ours, *theirs);
  const std::string reason = load::replace_file(options.paths[1], lock::render(merged.lock));
  if (!reason.empty()) {
    console.complain("hlab lock merge: cannot write " + load::printable_name(options.paths[1]) +
                     ": " + reason + "\n");
    return kSystemFailed;
  }
  for (const lock::Lease& lease : merged.dropped) {
    console.complain(lease.path + " loses " + lease.value + " of " + lease.pool +
                     ": it is taken here; `hlab build` gives it another one\n");
  }
  return kFine;
}

}  // namespace hlab::commands
