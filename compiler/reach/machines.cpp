// Machines, the ports that services take on them, and the API of clusters.
#include <fmt/format.h>

#include "compiler/reach/builder.h"
#include "compiler/reach/facts.h"

namespace hlab::reach {

namespace {

/// What the firewall of a machine lets in: NixOS opens a port on one interface, on Debian there is none.
class Firewall {
 public:
  explicit Firewall(const View& node)
      : node_(node), shuts_(node.ref("os").text("family") == "nixos"), cluster_(cluster_of(node)) {
    house_ = node.ref("hardware").text("nic");
    for (const AddressEntry& entry : addresses_of(node)) {
      if (entry.network.is("tailscale")) continue;
      house_ = interface_in(node, entry.network);
      break;
    }
  }

  [[nodiscard]] bool shuts() const { return shuts_; }
  /// Whether it opens, in that network, what is open for the house or else for the cluster.
  [[nodiscard]] bool opens(const View& network, bool for_house) const {
    if (!shuts_) return true;
    const bool inside = !for_house && cluster_;
    const std::string wanted = inside ? interface_in(node_, cluster_.ref("network")) : house_;
    return interface_in(node_, network) == wanted;
  }

 private:
  View node_;
  bool shuts_;
  View cluster_;
  std::string house_;
};

}  // namespace

void Builder::add_machines() {
  for (const View& node : all("node")) add_node(node);
  for (const View& service : all("service")) add_host_ports(service);
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
  const auto ports = service.held("host-port");
  if (ports.empty()) return;
  const std::uint32_t whole = graph_.place(PlaceKind::service, service.id());
  for (const auto& [name, port] : ports) {
    graph_.step(graph_.place(PlaceKind::host_port, service.id(), port_text(port)), whole,
                port.text("purpose"), port.declared_at());
  }
  for (const View& node : machines_of(service)) {
    for (const auto& [name, port] : ports) add_host_port(service, node, name, port);
  }
}

void Builder::add_host_port(const View& service, const View& node, std::string_view,
                            const View& port) {
  const Firewall firewall(node);
  const bool for_house = port.text("audience") == "lan";
  const std::uint32_t there = graph_.place(PlaceKind::host_port, service.id(), port_text(port));
  for (const AddressEntry& entry : addresses_of(node)) {
    if (!firewall.opens(entry.network, for_house)) continue;
    for (const Arrival* arrival : arrivals_at(entry.network, entry.value)) {
      if (arrival->policy) continue;
      const bool said = for_house || firewall.shuts();
      graph_.step(arrival->place, there,
                  said ? fmt::format("on `{}`", node.name())
                       : fmt::format("on `{}`, where no firewall of the lab shuts it", node.name()),
                  port.declared_at());
    }
  }
}

void Builder::add_cluster(const View& cluster) {
  const std::uint32_t there = graph_.place(PlaceKind::cluster, cluster.id());
  for (const View& server : cluster.refs("servers")) {
    const Firewall firewall(server);
    for (const AddressEntry& entry : addresses_of(server)) {
      if (!firewall.opens(entry.network, false)) continue;
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
