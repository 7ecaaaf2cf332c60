// `hlab update [NAME...]`: moves versions that the lock keeps to what the library says today.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "compiler/base/lock_pools.h"
#include "compiler/commands/commands.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_lock.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::CompileRequest;
using driver::kFine;
using driver::kLabHasErrors;
using driver::kSystemFailed;
using driver::kWrongUse;
using driver::new_lock;

namespace {

/// The digest of a package that has changed, taken or left as the lock says.
bool update_package(const Compilation& run, const std::string& name, const Options& options,
                    lock::Lock& fresh, Console& console) {
  const lock::Lease* known = run.lock.find(kPackagePool, name);
  const std::string& now = run.packages.at(name);
  if (known == nullptr || known->value == now) return false;
  const auto& paths = options.paths;
  if (!paths.empty() && std::find(paths.begin(), paths.end(), name) == paths.end()) {
    fresh.set(kPackagePool, name, known->value);
    return false;
  }
  console.print("~ package " + name + " " + known->value + " -> " + now + "\n");
  return true;
}

/// `tasks`, `service.tasks` and `service.tasks.chart` all mean the version of that chart.
bool is_meant(std::string_view path, std::string_view name) {
  const auto begins = [&](std::string_view with) {
    return path.starts_with(with) && (path.size() == with.size() || path[with.size()] == '.');
  };
  return begins(name) || begins("service." + std::string(name));
}

/// The names asked for that keep no version.
bool all_known(const Compilation& run, const Options& options, Console& console) {
  std::set<std::string, std::less<>> services;
  for (const auto& [path, version] : run.evaluator->library_versions) {
    const std::size_t from = path.find('.') + 1;
    services.insert(path.substr(from, path.find('.', from) - from));
  }
  for (const auto& [package, digest] : run.packages) services.insert(package);
  for (const std::string& name : options.paths) {
    bool found = run.packages.contains(name);
    for (const auto& [path, version] : run.evaluator->library_versions) {
      found = found || is_meant(path, name);
    }
    if (found) continue;
    std::string text = "hlab update: the library chose no version for `" + name + "`";
    const std::string_view near = diag::closest(name, {services.begin(), services.end()});
    text += near.empty() ? ": it is the lab's own, or there is no such service"
                         : "; did you mean `" + std::string(near) + "`?";
    console.complain(text + "\n");
    return false;
  }
  return true;
}

/// What else the lock has new: what the lab asks for since, and what nobody asks for any more. True where it has.
bool print_leases(const lock::LockDifference& changes, Console& console) {
  const auto line = [&](std::string_view sign, const lock::Lease& lease) {
    console.print(fmt::format("{} {} {} {}\n", sign, lease.pool, lease.path, lease.value));
  };
  bool any = !changes.added.empty() || !changes.stale.empty();
  for (const lock::Lease& lease : changes.added) line("+", lease);
  for (const auto& [before, after] : changes.changed) {
    if (after.pool == kVersionPool || after.pool == kPackagePool) continue;  // told already
    console.print(
        fmt::format("~ {} {} {} -> {}\n", after.pool, after.path, before.value, after.value));
    any = true;
  }
  for (const lock::Lease& lease : changes.stale) line("-", lease);
  return any;
}

bool is_asked(const Options& options, std::string_view path) {
  if (options.paths.empty()) return true;
  return std::any_of(options.paths.begin(), options.paths.end(),
                     [&](const std::string& name) { return is_meant(path, name); });
}

}  // namespace

int command_update(const Options& options, Console& console) {
  CompileRequest request{options.lab, false};
  request.accept_packages = true;
  Compilation& run = console.keep(check_lab(request));
  show_diagnostics(run.sources, run.diags, options, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  if (!all_known(run, options, console)) return kWrongUse;
  lock::Lock fresh = new_lock(run);
  bool moved = false;
  for (const auto& [path, version] : run.evaluator->library_versions) {
    const std::string before = fresh.find(kVersionPool, path)->value;
    if (before == version || !is_asked(options, path)) continue;
    console.print("~ " + path + " " + before + " -> " + version + "\n");
    fresh.set(kVersionPool, path, version);
    moved = true;
  }
  for (const auto& [name, digest] : run.packages) {
    moved = update_package(run, name, options, fresh, console) || moved;
  }
  const lock::LockDifference changes = lock::difference(run.lock, fresh);
  const bool written = !options.check_only && print_leases(changes, console);
  if (!moved) {
    console.complain(
        written
            ? "Everything is at the library's version; hlab.lock now holds what the lab asks for.\n"
            : "Everything is at the library's version.\n");
  }
  if (options.check_only) return moved ? kLabHasErrors : kFine;
  if (changes.empty()) return kFine;
  const auto place = std::filesystem::path(run.folder) / lock::kFileName;
  const std::string reason = load::replace_file(place, lock::render(fresh));
  if (reason.empty()) return kFine;
  console.complain("hlab update: cannot write " + load::printable_name(place.string()) + ": " +
                   reason + "\n");
  return kSystemFailed;
}

}  // namespace hlab::commands
