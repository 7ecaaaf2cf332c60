#include "compiler/rules/kubernetes/backup_keepers.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/graph/lab_hosts.h"
#include "compiler/model/host_called.h"
#include "compiler/model/storage_place.h"
#include "compiler/placement/machine_loss.h"
#include "compiler/rules/kubernetes/service_rules.h"

namespace hlab::rules {

using model::View;
using placement::MachineLosses;
using values::Value;
using values::ValueKind;

namespace {

View machine_called(const RuleInput& input, const std::string& host) {
  for (const View& node : input.all("node")) {
    if (model::is_called(node, host)) return node;
  }
  return {};
}

/// The machines without which the volume is gone; none where copies lie on several.
std::vector<View> machines_of_volume(const RuleInput& input, const MachineLosses& losses,
                                     const View& volume) {
  const View service = volume.top();
  const View driver = volume.ref("on");
  if (driver && driver.text("network-files") == "always") {
    for (const View& node : input.all("node")) {
      if (model::names_machine(driver, driver.value("values"), node)) return {node};
    }
  }
  const std::vector<View> nodes = service.ref("cluster").refs("nodes");
  if (nodes.size() == 1) return nodes;
  const bool on_its_node = driver ? driver.flag("node-local")
                                  : volume.text("storage-class") == "local-path";
  const std::vector<View> on = service.refs("on");
  if (on_its_node && on.size() == 1) return on;
  const View only = losses.node_of(volume);
  return only ? std::vector<View>{only} : std::vector<View>();
}

/// The endpoint at that name or address. Behind one address are several, told apart by port.
View endpoint_at(const RuleInput& input, const std::string& host, std::int64_t port) {
  View by_address;
  for (const View& endpoint : input.all("endpoint")) {
    if (endpoint.top().flag("extern")) continue;
    if (endpoint.text("fqdn") == host) return endpoint;
    if (endpoint.text("dns-address") != host) continue;
    if (!by_address || endpoint.number("number") == port) by_address = endpoint;
  }
  return by_address;
}

/// A Service without pods of its own is a name for something outside the cluster.
bool leads_out(const View& service) {
  if (!service.is("object") || service.text("type") != "Service") return false;
  const auto spec = service.entries("spec");
  return std::none_of(spec.begin(), spec.end(),
                      [](const auto& entry) { return entry.first == "selector"; });
}

/// Which service a name means in a cluster.
View service_called(const RuleInput& input, const std::string& host) {
  const auto [name, nspace, whole] = graph::inner_name(host);
  if (nspace.empty()) return {};
  View in_namespace;
  for (const View& service : input.all("workload")) {
    if (service.flag("extern") || service.text("namespace") != nspace) continue;
    if (service.name() == name) return leads_out(service) ? View() : service;
    // A chart calls its Services as it likes.
    if (!in_namespace && (whole || name.starts_with(fmt::format("{}-", service.name()))))
      in_namespace = service;
  }
  return in_namespace;
}

/// The endpoint whose port of every machine that is.
View node_port_at(const RuleInput& input, const View& machine, std::int64_t port) {
  for (const View& endpoint : input.all("endpoint")) {
    if (!endpoint.has("node-port") || endpoint.number("node-port") != port) continue;
    const std::vector<View> nodes = endpoint.top().ref("cluster").refs("nodes");
    if (std::find(nodes.begin(), nodes.end(), machine) != nodes.end()) return endpoint;
  }
  return {};
}

void fill(const RuleInput& input, Keeper& out, const View& service) {
  if (!service.is("workload")) {
    out.machines = service.refs("on");
    return;
  }
  out.service = service;
  const MachineLosses losses(input.program, input.lab);
  for (const auto& [name, volume] : service.held("volume")) {
    for (const View& node : machines_of_volume(input, losses, volume)) out.machines.push_back(node);
  }
}

/// Without the word for how it is reached. A folder, or a bucket of which only name and region are said, names no host.
std::string address_in(std::string text) {
  for (const std::string_view before : {"sftp:", "rest:"}) {
    if (text.starts_with(before) && !text.starts_with(std::string(before) + "//"))
      text.erase(0, before.size());
  }
  const bool has_no_host = text.starts_with("local:") || text.starts_with("s3://");
  return has_no_host ? "" : text;
}

}  // namespace

Keeper keeper_of(const RuleInput& input, const View& storage) {
  Keeper out;
  const std::string_view field = model::place_field_of(storage);
  const std::string url = address_in(storage.text(field));
  if (url.empty()) return out;
  out.at = storage.set_at(field);
  const graph::HostAndPort place = graph::host_of_url(url);
  out.host = place.host;
  if (out.host.empty()) return out;
  out.way = endpoint_at(input, out.host, place.port);
  if (!out.way) out.way = service_called(input, out.host);
  if (!out.way) {
    const View machine = machine_called(input, out.host);
    out.way = machine;
    if (!machine) return out;
    const View endpoint = node_port_at(input, machine, place.port);
    if (!endpoint) {
      out.machines = {machine};
      return out;
    }
    out.way = endpoint;
  }
  fill(input, out, out.way.top());
  return out;
}

std::vector<Protected> protected_by(const RuleInput& input, const View& backup) {
  std::vector<Protected> out;
  for (const graph::Edge& edge : input.graph.edges) {
    const View service(input.program, input.lab, edge.from);
    if (edge.to == backup.id() && service.is("host-service"))
      out.push_back({service, View(), service.refs("on")});
  }
  const MachineLosses losses(input.program, input.lab);
  for (const View& volume : input.all("volume")) {
    const Value& keep = volume.value("keep");
    const std::vector<View> further = volume.refs("further-backups");
    const bool is_first = keep.is(ValueKind::variant) && volume.of(keep.variant->payload) == backup;
    if (!is_first && std::find(further.begin(), further.end(), backup) == further.end()) continue;
    out.push_back({volume, volume.top().ref("cluster"), machines_of_volume(input, losses, volume)});
  }
  return out;
}

}  // namespace hlab::rules
