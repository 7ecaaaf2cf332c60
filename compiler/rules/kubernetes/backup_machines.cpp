// Copies that lie on the very machine that they are copies of.
#include <algorithm>

#include "compiler/rules/kubernetes/service_rules.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// The machine that answers to the name or address, or none.
View machine_called(const RuleInput& input, const std::string& host) {
  for (const View& node : input.all("node")) {
    if (host == node.name() || host == node.text("fqdn") || host == node.text("reach")) return node;
    for (const auto& [network, address] : node.entries("address")) {
      if (address.is(ValueKind::ip) && node.text_of(address) == host) return node;
    }
  }
  return {};
}

bool is_kept_by(const View& volume, const View& backup) {
  const Value& keep = volume.value("keep");
  return keep.is(ValueKind::variant) && volume.of(keep.variant->payload) == backup;
}

/// What has its data on that machine alone, and its copies in the backup; none where nothing does.
View protected_on(const RuleInput& input, const View& backup, const View& machine) {
  for (const graph::Edge& edge : input.graph.edges) {
    const View service(input.program, input.lab, edge.from);
    if (edge.to != backup.id() || !service.is("host-service")) continue;
    const auto on = service.refs("on");
    if (std::find(on.begin(), on.end(), machine) != on.end()) return service;
  }
  for (const View& volume : input.all("volume")) {
    const auto nodes = volume.top().ref("cluster").refs("nodes");
    if (nodes.size() == 1 && nodes.front() == machine && is_kept_by(volume, backup)) return volume;
  }
  return {};
}

}  // namespace

void check_backup_machines(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& backup : input.all("backup")) {
    const View storage = backup.ref("to");
    if (!storage || !storage.has("endpoint")) continue;
    const std::string host = host_of_url(storage.text("endpoint"));
    const View machine = machine_called(input, host);
    if (!machine) continue;
    const View data = protected_on(input, backup, machine);
    if (!data) continue;
    diags.report(kBackupOnMachine, backup.set_at("to"), backup.name(), host, machine.name())
        .label(storage.set_at("endpoint"), "the storage is here")
        .label(data.declared_at(), "this is on that machine, and its copies too");
  }
}

}  // namespace hlab::rules
