// Machines, the ports that services take on them, and the API of clusters.
#include <fmt/format.h>

#include "compiler/model/api_way.h"
#include "compiler/model/network_place.h"
#include "compiler/reach/builder.h"
#include "compiler/reach/facts.h"

namespace hlab::reach {

namespace {

constexpr std::int64_t kNamePort = 53;

}  // namespace

const Builder::Firewall& Builder::firewall_of(const View& node) {
  const auto [at, fresh] = firewalls_.try_emplace(node.id().index);
  Firewall& firewall = at->second;
  if (!fresh) return firewall;
  firewall.shuts = node.ref("os").text("family") == "nixos";
  firewall.house = node.ref("hardware").text("nic");
  for (const AddressEntry& entry : addresses_of(node)) {
    if (entry.network.is("tailscale")) continue;
    firewall.house = model::interface_in(node, entry.network);
    break;
  }
  const View cluster = cluster_of(node);
  firewall.inside = cluster ? model::interface_in(node, cluster.ref("network")) : firewall.house;
  return firewall;
}

void Builder::add_machines() {
  for (const View& node : all("node")) add_node(node);
  for (const View& foreign : all("foreign")) add_node(foreign);  // its firewall is nobody's to say
  for (const View& service : all("service")) {
    add_host_ports(service);
    if (service.flag("answers-names") && !service.flag("extern")) add_name_server(service);
  }
  for (const View& cluster : all("cluster")) add_cluster(cluster);
}

void Builder::add_node(const View& node) {
  const std::uint32_t there = graph_.place(PlaceKind::node, node.id());
  for (const AddressEntry& entry : addresses_of(node)) {
    const std::string text = node.text_of(entry.value);
    for (const Arrival* arrival : arrivals_at(entry.network, entry.value)) {
      if (arrival->policy) continue;
      graph_.step(
          arrival->place, there,
          fmt::format("it is in `{}`{}", entry.network.name(), text.empty() ? "" : " at " + text),
          entry.at);
    }
  }
}

void Builder::add_host_ports(const View& service) {
  const std::vector<HostPort> ports = host_ports_of(service);
  if (ports.empty()) return;
  const std::uint32_t whole = graph_.place(PlaceKind::service, service.id());
  for (const HostPort& port : ports)
    graph_.step(graph_.place(PlaceKind::host_port, service.id(), port.text), whole, port.purpose,
                port.at);
  for (const View& node : machines_of(service)) {
    for (const HostPort& port : ports) add_host_port(service, node, port);
  }
}

void Builder::add_host_port(const View& service, const View& node, const HostPort& port) {
  const Firewall& firewall = firewall_of(node);
  if (port.opening == OpenTo::nobody && firewall.shuts) return;
  const bool for_house = port.opening == OpenTo::house;
  const std::uint32_t there = graph_.place(PlaceKind::host_port, service.id(), port.text);
  for (const AddressEntry& entry : addresses_of(node)) {
    if (!firewall.opens(model::interface_in(node, entry.network), for_house)) continue;
    for (const Arrival* arrival : arrivals_at(entry.network, entry.value)) {
      if (arrival->policy) continue;
      const bool said = for_house || firewall.shuts;
      graph_.step(arrival->place, there,
                  said ? fmt::format("on `{}`", node.name())
                       : fmt::format("on `{}`, where no firewall of the lab shuts it", node.name()),
                  port.at);
    }
  }
}

/// The policy lets whoever is in the private network ask for names.
void Builder::add_name_server(const View& service) {
  for (const View& node : service.refs("on")) {
    for (const AddressEntry& entry : addresses_of(node)) {
      if (!has_policy(entry.network)) continue;
      for (const auto& [name, port] : service.held("host-port")) {
        if (port.number("port") != kNamePort) continue;
        graph_.step(graph_.place(PlaceKind::in_network, entry.network.id()),
                    graph_.place(PlaceKind::host_port, service.id(), port_text(port)),
                    fmt::format("the policy of `{}` lets everybody ask for names on `{}`",
                                entry.network.name(), node.name()),
                    service.declared_at());
      }
    }
  }
}

void Builder::add_cluster(const View& cluster) {
  const std::uint32_t there = graph_.place(PlaceKind::cluster, cluster.id());
  for (const View& server : cluster.refs("servers")) {
    const Firewall& firewall = firewall_of(server);
    for (const AddressEntry& entry : addresses_of(server)) {
      if (!firewall.opens(model::interface_in(server, entry.network), false) &&
          !model::answers_api_in(cluster, server, entry.network))
        continue;
      for (const Arrival* arrival : arrivals_at(entry.network, entry.value)) {
        if (arrival->policy) continue;
        graph_.step(arrival->place, there,
                    fmt::format("its API is port {} of `{}`", cluster.number("api-port", 6443),
                                server.name()),
                    cluster.set_at("servers"));
      }
    }
  }
}

}  // namespace hlab::reach
