// Copies that lie on what they are copies of: in the cluster, or on the machine.
#include <algorithm>

#include "compiler/rules/kubernetes/backup_keepers.h"
#include "compiler/rules/kubernetes/service_rules.h"

namespace hlab::rules {

using model::View;

namespace {

/// Something in the cluster of whoever keeps the copies. A backup that has nothing to copy yet counts where the lab
/// has one cluster: its volumes will be there.
const Protected* in_cluster_of(const std::vector<Protected>& all, const View& service) {
  for (const Protected& one : all) {
    if (one.cluster && one.cluster == service.ref("cluster")) return &one;
  }
  return nullptr;
}

bool reports_cluster(const RuleInput& input, const View& backup, const Keeper& keeper,
                     const std::vector<Protected>& all, diag::Diagnostics& diags) {
  if (!keeper.service) return false;
  const Protected* data = in_cluster_of(all, keeper.service);
  const bool unused = all.empty() && input.all("cluster").size() < 2;
  if (data == nullptr && !unused) return false;
  auto report = diags.report(kBackupOnItself, backup.set_at("to"), backup.name(), keeper.host,
                             keeper.service.path());
  report.label(keeper.at, "the storage is here");
  report.label(keeper.way.declared_at(), "and that name leads here");
  if (data != nullptr) report.label(data->what.declared_at(), "this is in the same cluster");
  return true;
}

void report_machine(const View& backup, const Keeper& keeper, const std::vector<Protected>& all,
                    diag::Diagnostics& diags) {
  for (const View& machine : keeper.machines) {
    for (const Protected& data : all) {
      const auto& on = data.machines;
      if (std::find(on.begin(), on.end(), machine) == on.end()) continue;
      auto report = diags.report(kBackupOnMachine, backup.set_at("to"), backup.name(), keeper.host,
                                 machine.name());
      report.label(keeper.at, "the storage is here");
      if (!(keeper.way == machine)) report.label(keeper.way.declared_at(), "which leads here");
      report.label(data.what.declared_at(), "this is on that machine, and its copies too");
      return;
    }
  }
}

}  // namespace

void check_backup_places(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& backup : input.all("backup")) {
    const View storage = backup.ref("to");
    if (!storage) continue;
    const Keeper keeper = keeper_of(input, storage);
    if (!keeper.way) continue;
    const std::vector<Protected> all = protected_by(input, backup);
    if (!reports_cluster(input, backup, keeper, all, diags))
      report_machine(backup, keeper, all, diags);
  }
}

}  // namespace hlab::rules
