#include "compiler/driver/lab_lock.h"

#include "compiler/base/lock_pools.h"
#include "compiler/driver/compile.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/lock/lock_diags.h"

namespace hlab::driver {

lock::Lock new_lock(const Compilation& run) {
  lock::Lock lock;
  for (const lock::Lease& fact : run.lock.entries()) {
    if (is_vendored_pool(fact.pool)) lock.set(fact.pool, fact.path, fact.value);
  }
  for (const std::string& line : run.lock.header()) lock.add_header_line(line);
  if (run.site.empty()) {
    for (const auto& [name, digest] : run.packages) lock.set(kPackagePool, name, digest);
  }
  for (const auto& [key, value] : run.evaluator->used_leases)
    lock.set(key.first, key.second, value);
  return lock;
}

std::string write_lock(const Compilation& run) {
  const lock::Lock fresh = new_lock(run);
  if (fresh.entries().empty() && run.lock.entries().empty()) return "";
  return load::replace_file(run.loaded.root / lock_file_name(run.site), lock::render(fresh));
}

void report_stale_lock(Compilation& run) {
  if (run.diags.has_errors() || run.evaluator == nullptr) return;
  const lock::LockDifference found = lock::difference(run.lock, new_lock(run));
  if (found.empty()) return;
  const auto named = [](const lock::Lease& lease) {
    return "`" + lease.path + "` in `" + lease.pool + "`";
  };
  std::string what = !found.added.empty() ? "no entry for " + named(found.added.front())
                     : !found.changed.empty()
                         ? "a value that cannot be for " + named(found.changed.front().first)
                         : "an entry that nothing asks for, " + named(found.stale.front());
  if (run.locked) {
    run.diags.report(lock::kNotCurrent, {}, "it has " + what)
        .help("run `hlab build`, and commit hlab.lock");
  } else if (!run.lock.entries().empty()) {
    run.diags.report(evaluate::kStaleLease, {}, what).help("`hlab build` writes it");
  }
}

}  // namespace hlab::driver
