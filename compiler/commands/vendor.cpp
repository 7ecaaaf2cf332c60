// `hlab vendor DIR`: what charts, definitions and image indexes say, from files into the lab. Nothing is
// fetched: a person, or a bot in a pull request, brought the files.
#include <filesystem>

#include "compiler/commands/commands.h"
#include "compiler/driver/exit_status.h"
#include "compiler/load/load.h"
#include "compiler/lock/lock.h"
#include "emit/vendored/sources.h"

namespace hlab::commands {

using driver::kFine;
using driver::kLabHasErrors;
using driver::kSystemFailed;
using driver::kWrongUse;

namespace {

namespace fs = std::filesystem;

int failed(Console& console, const fs::path& place, const std::string& reason) {
  console.complain("hlab vendor: cannot write " + load::printable_name(place.string()) + ": " +
                   reason + "\n");
  return kSystemFailed;
}

/// The lock as it is, or none where it was reported as broken.
std::optional<lock::Lock> read_lock(const fs::path& root, const Options& options,
                                    Console& console) {
  SourceMap sources;
  diag::Diagnostics diags;
  load::ReadResult read = load::read_lab_file(root, lock::kFileName);
  if (read.status == load::ReadStatus::missing) return lock::Lock();
  load::report_read_failure(read, lock::kFileName, diags);
  lock::Lock lock;
  if (read.status == load::ReadStatus::ok) {
    lock = lock::parse(sources, sources.add(std::string(lock::kFileName), read.bytes), diags);
  }
  show_diagnostics(sources, diags, options, console);
  if (diags.has_errors()) return std::nullopt;
  return lock;
}

void print_changes(const lock::LockDifference& changes, Console& console) {
  for (const lock::Lease& fact : changes.added) {
    console.print("+ " + fact.pool + " " + fact.path + " " + fact.value + "\n");
  }
  for (const auto& [before, after] : changes.changed) {
    console.print("~ " + after.pool + " " + after.path + " " + after.value + "\n");
  }
  if (changes.empty()) console.complain("Nothing new.\n");
}

int write_files(const fs::path& root, const emit::VendorSources& found, Console& console) {
  for (const emit::VendorSources::Fact& fact : found.facts) {
    if (fact.file.empty()) continue;
    const fs::path place = root / fact.file;
    std::error_code error;
    fs::create_directories(place.parent_path(), error);
    if (error) return failed(console, place, error.message());
    const std::string reason = load::replace_file(place, fact.bytes);
    if (!reason.empty()) return failed(console, place, reason);
  }
  return kFine;
}

}  // namespace

int command_vendor(const Options& options, Console& console) {
  diag::Diagnostics diags;
  const SourceMap none;
  const fs::path root = load::load_lab(options.lab, diags).root;
  show_diagnostics(none, diags, options, console);
  if (diags.has_errors()) return status_of(diags);
  const emit::VendorSources found = emit::read_vendor_sources(options.topic);
  for (const std::string& skipped : found.skipped) console.complain("Skipped: " + skipped + "\n");
  if (!found.problem.empty() || found.facts.empty()) {
    console.complain("hlab vendor: " + load::printable_name(options.topic) + ": " +
                     (found.problem.empty() ? "no chart, definition or image index is in there"
                                            : found.problem) +
                     "\n");
    return found.problem.empty() ? kWrongUse : kSystemFailed;
  }
  const auto before = read_lock(root, options, console);
  if (!before) return kLabHasErrors;
  lock::Lock after = *before;
  for (const auto& fact : found.facts) after.set(fact.pool, fact.key, fact.value);
  const lock::LockDifference changes = lock::difference(*before, after);
  print_changes(changes, console);
  if (options.dry_run) return kFine;
  // The files first: a lock that names what is not there yet would stop every build.
  if (const int status = write_files(root, found, console); status != kFine) return status;
  if (changes.empty()) return kFine;
  const fs::path place = root / lock::kFileName;
  const std::string reason = load::replace_file(place, lock::render(after));
  return reason.empty() ? static_cast<int>(kFine) : failed(console, place, reason);
}

}  // namespace hlab::commands
