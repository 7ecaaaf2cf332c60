// Copies that lie on what they are copies of: in the cluster, or on the machine.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/graph/lab_hosts.h"
#include "compiler/model/mount_unit.h"
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

/// Whether the unit mounts the folder, or one above it. The root is mounted anyway.
bool mounts(std::string_view unit, std::string folder) {
  if (unit.ends_with(".automount")) unit.remove_suffix(std::string_view(".automount").size());
  if (unit.ends_with(".mount")) unit.remove_suffix(std::string_view(".mount").size());
  for (; !folder.empty(); folder.resize(folder.rfind('/'))) {
    const std::string name = model::mount_unit_name(folder);
    if (name != "-.mount" && name.substr(0, name.rfind('.')) == unit) return true;
  }
  return false;
}

/// By units that services of the machine bring: `mnt-backups.mount` is /mnt/backups.
bool is_mounted(const RuleInput& input, const View& machine, const std::string& folder) {
  for (const View& service : input.all("host-service")) {
    const std::vector<View> on = service.refs("on");
    if (std::find(on.begin(), on.end(), machine) == on.end()) continue;
    for (const auto& [unit, held] : service.held("unit")) {
      const bool is_mount = unit.ends_with(".mount") || unit.ends_with(".automount");
      if (is_mount && mounts(unit, folder)) return true;
    }
  }
  return false;
}

/// The disk of the machine that the folder lies on, as far as the lab declares it.
View disk_below(const View& machine, const std::string& folder) {
  View found;
  for (const auto& [name, disk] : machine.held("disk")) {
    const std::string mount = disk.text("mount");
    if (!mount.empty() && (folder == mount || folder.starts_with(mount + "/"))) found = disk;
  }
  return found;
}

/// A plain folder is one of the machine that is copied. Of a share it is where that is mounted.
void report_folder(const RuleInput& input, const View& backup, const View& storage,
                   diag::Diagnostics& diags) {
  std::string folder = storage.text("restic-repository");
  if (folder.starts_with("local:")) folder.erase(0, std::string_view("local:").size());
  if (!folder.starts_with('/') || storage.has("volume-target")) return;
  for (const Protected& data : protected_by(input, backup)) {
    if (data.cluster) continue;
    for (const View& machine : data.machines) {
      if (is_mounted(input, machine, folder)) continue;
      auto report = diags.report(kBackupInFolder, backup.set_at("to"), backup.name(), folder,
                                 machine.name());
      report.label(storage.set_at("restic-repository"), "the folder is said here");
      report.label(data.what.declared_at(), "this copies that machine");
      if (const View disk = disk_below(machine, folder))
        report.label(disk.declared_at(), "it lies on this disk of the machine");
      return;
    }
  }
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "::1";
}

/// The Service whose name in the cluster it is.
std::string inner_service(const std::string& host) {
  graph::InnerName inner = graph::inner_name(host);
  return inner.whole ? std::move(inner.name) : "";
}

/// Somebody may lead such a name out of the cluster, by a Service without pods.
bool is_written(const RuleInput& input, std::string_view service) {
  const std::vector<View> objects = input.all("object");
  return std::any_of(objects.begin(), objects.end(), [&](const View& object) {
    return object.text("type") == "Service" && object.name() == service;
  });
}

/// Names that mean whoever asks: nothing of the lab is called so.
void report_maker(const RuleInput& input, const View& backup, const Keeper& keeper,
                  const std::vector<Protected>& all, diag::Diagnostics& diags) {
  const bool is_own = is_loopback(keeper.host);
  const std::string service = inner_service(keeper.host);
  if (!is_own && (service.empty() || is_written(input, service))) return;
  for (const Protected& data : all) {
    std::string where;
    if (data.cluster) {
      where = fmt::format("that is {} the cluster `{}` that they protect",
                          is_own ? "a pod in" : "in", data.cluster.name());
    } else if (is_own && !data.machines.empty()) {
      where = fmt::format("that is the machine `{}` that they protect",
                          data.machines.front().name());
    } else {
      continue;
    }
    auto report = diags.report(kBackupAtMaker, backup.set_at("to"), backup.name(), keeper.host,
                               where);
    report.label(keeper.at, "the storage is said here");
    report.label(data.what.declared_at(), "this is what they are copies of");
    return;
  }
}

}  // namespace

void check_backup_places(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& backup : input.all("backup")) {
    const View storage = backup.ref("to");
    if (!storage) continue;
    report_folder(input, backup, storage, diags);
    const Keeper keeper = keeper_of(input, storage);
    const std::vector<Protected> all = protected_by(input, backup);
    if (!keeper.way) {
      report_maker(input, backup, keeper, all, diags);
      continue;
    }
    if (!reports_cluster(input, backup, keeper, all, diags))
      report_machine(backup, keeper, all, diags);
  }
}

}  // namespace hlab::rules
