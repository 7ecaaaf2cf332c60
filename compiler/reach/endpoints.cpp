// Endpoints that have an address or a port of their own, tunnels, and stores elsewhere.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/model/storage_place.h"
#include "compiler/reach/builder.h"
#include "compiler/reach/facts.h"

namespace hlab::reach {

using values::ValueKind;

void Builder::add_endpoints() {
  for (const View& service : all("service")) {
    for (const auto& [name, endpoint] : service.held("expose")) {
      const std::uint32_t here = graph_.place(PlaceKind::endpoint, endpoint.id());
      graph_.step(here, graph_.place(PlaceKind::service, service.id()),
                  fmt::format("is a way into `{}`", service.name()), endpoint.declared_at());
      add_tunnel(endpoint);
      add_node_port(service, endpoint);
      if (!service.is("workload")) {
        add_machine_endpoint(service, endpoint);
      } else if (endpoint.text("protocol") != "http") {
        for (const AddressEntry& entry : addresses_of(endpoint)) {
          if (entry.value.is(ValueKind::ip) && is_answered(entry.network, service))
            add_address(endpoint, entry.network, entry.value, entry.at);
        }
      }
    }
  }
}

void Builder::add_address(const View& endpoint, const View& pool, const Value& address, Span at) {
  const std::uint32_t there = graph_.place(PlaceKind::endpoint, endpoint.id());
  const bool granted = endpoint.text("audience") == "vpn" || pool.text("audience") == "vpn";
  for (const Arrival* arrival : arrivals_in_pool(pool, address)) {
    if (arrival->policy && !granted) continue;
    graph_.step(arrival->place, there,
                fmt::format("at {} of `{}`", endpoint.text_of(address), pool.name()), at);
  }
}

/// The port of the machine that is called like the endpoint.
void Builder::add_machine_endpoint(const View& service, const View& endpoint) {
  const std::uint32_t there = graph_.place(PlaceKind::endpoint, endpoint.id());
  const std::string wanted = endpoint.has("port") ? endpoint.text("port")
                                                  : std::string(endpoint.name());
  for (const auto& [name, port] : service.held("host-port")) {
    if (name != wanted && name != wanted + "-udp") continue;
    graph_.step(graph_.place(PlaceKind::host_port, service.id(), port_text(port)), there,
                "answers for it", endpoint.declared_at());
    if (endpoint.text("audience") != "vpn") continue;
    for (const View& node : machines_of(service)) {
      for (const AddressEntry& entry : addresses_of(node)) {
        if (!has_policy(entry.network)) continue;
        graph_.step(graph_.place(PlaceKind::in_network, entry.network.id()), there,
                    fmt::format("the policy of `{}` opens {} of `{}`", entry.network.name(),
                                port_text(port), node.name()),
                    endpoint.declared_at());
      }
    }
  }
}

/// Who gets to a machine of the cluster, at any of its ports: one machine for each of them.
const Builder::Reached& Builder::reaching_machines(const View& cluster, bool granted) {
  const auto [at, fresh] = to_machines_.try_emplace({cluster.id().index, granted});
  if (!fresh) return at->second;
  for (const View& node : cluster.refs("nodes")) {
    for (const AddressEntry& entry : addresses_of(node)) {
      for (const Arrival* arrival : arrivals_at(entry.network, entry.value)) {
        if (!arrival->policy || granted) at->second.try_emplace(arrival->place, node);
      }
    }
  }
  return at->second;
}

/// Kubernetes answers for it on every machine of the cluster, and no firewall of a machine is asked: what comes
/// to the port is sent on to the pods before.
void Builder::add_node_port(const View& service, const View& endpoint) {
  const View cluster = service.ref("cluster");
  const std::vector<std::string> ports = node_ports_of(endpoint);
  if (ports.empty() || !service.is("workload") || !cluster) return;
  const Span at = endpoint.set_at("node-port");
  const std::uint32_t there = graph_.place(PlaceKind::endpoint, endpoint.id());
  for (const std::string& text : ports) {
    const std::uint32_t port = graph_.place(PlaceKind::host_port, endpoint.id(), text);
    graph_.step(port, there, "every machine of its cluster leads there", at);
    for (const auto& [from, node] : reaching_machines(cluster, endpoint.text("audience") == "vpn"))
      graph_.step(from, port, fmt::format("on `{}`", node.name()), at);
  }
}

void Builder::add_tunnel(const View& endpoint) {
  const View tunnel = endpoint.ref("through");
  if (!tunnel) return;
  const std::uint32_t there = graph_.place(PlaceKind::tunnel, tunnel.id());
  graph_.step(internet_, there, "lets requests of the internet in", tunnel.declared_at());
  graph_.step(there, graph_.place(PlaceKind::endpoint, endpoint.id()),
              fmt::format("hands on requests for {}", endpoint.text("fqdn")),
              endpoint.set_at("through"));
}

namespace {

/// `s3.example.net` of `https://s3.example.net:9000/path`; "" of what is no such address.
std::string host_of(const std::string& url) {
  const std::size_t slashes = url.find("//");
  if (slashes == std::string::npos) return "";
  std::string host = url.substr(slashes + 2);
  host = host.substr(0, host.find('/'));
  const std::size_t login = host.rfind('@');
  if (login != std::string::npos) host = host.substr(login + 1);
  return host.substr(0, host.find(':'));
}

bool is_called(const View& node, const std::string& host) {
  if (host == node.name() || host == node.text("fqdn") || host == node.text("reach")) return true;
  const auto addresses = addresses_of(node);
  return std::any_of(addresses.begin(), addresses.end(), [&](const AddressEntry& entry) {
    return node.text_of(entry.value) == host ||
           host == fmt::format("{}.{}", node.name(), entry.network.text("domain"));
  });
}

}  // namespace

void Builder::add_storages() {
  for (const View& storage : all("storage")) {
    const std::uint32_t there = graph_.place(PlaceKind::storage, storage.id());
    const std::string_view field = model::place_field_of(storage);
    const std::string host = host_of(storage.text(field));
    if (host.empty()) continue;
    const Span at = storage.set_at(field);
    bool is_ours = false;
    for (const View& endpoint : all("endpoint")) {
      if (endpoint.text("fqdn") != host) continue;
      is_ours = true;
      graph_.step(graph_.place(PlaceKind::endpoint, endpoint.id()), there, host + " is its address",
                  at);
    }
    for (const View& node : all("node")) {
      if (!is_called(node, host)) continue;
      is_ours = true;
      graph_.step(graph_.place(PlaceKind::node, node.id()), there, host + " is its address", at);
    }
    if (!is_ours) graph_.step(internet_, there, host + " is nothing of the lab", at);
  }
}

}  // namespace hlab::reach
