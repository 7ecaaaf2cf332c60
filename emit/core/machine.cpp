#include "emit/core/machine.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/model/api_way.h"
#include "compiler/model/reservation.h"

namespace hlab::emit {

using model::View;
using values::ValueKind;

namespace {

bool holds(const std::vector<View>& views, const View& wanted) {
  return std::find(views.begin(), views.end(), wanted) != views.end();
}

bool may_land(const View& service, const View& node) {
  const std::vector<View> on = service.refs("on");
  if (!on.empty()) return holds(on, node);
  return service.is("workload") && service.ref("cluster") &&
         holds(service.ref("cluster").refs("nodes"), node);
}

}  // namespace

std::vector<NodeAddress> addresses_of(const View& node) {
  std::vector<NodeAddress> out;
  for (const bool second : {false, true}) {
    const values::Value& addresses = node.value(second ? "address6" : "address");
    if (!addresses.is(ValueKind::map)) continue;
    for (const values::MapItem& item : addresses.map->items) {
      if (!item.key.is_instance) continue;
      const View network(node.program(), node.lab(), values::InstanceId(item.key.id));
      if (network.is("pool")) continue;
      const bool by_dhcp = !second && model::is_reservation(node, network);
      out.push_back({network, item.value, by_dhcp, second});
    }
  }
  return out;
}

bool is_overlay(const View& network) { return network.is("tailscale"); }

bool runs_nixos(const View& node) { return node.ref("os").text("family") == "nixos"; }

std::string overlay_name(const View& node) {
  for (const NodeAddress& address : addresses_of(node)) {
    const std::string domain = address.network.text("domain");
    if (!domain.empty()) return fmt::format("{}.{}", node.name(), domain);
  }
  return "";
}

namespace {

/// Where it is found outside of private networks, as far as the lab says it.
std::string outer_contact(const View& node) {
  if (node.has("reach")) return node.text("reach");
  if (node.has("lan-address")) return node.text("lan-address");
  for (const NodeAddress& address : addresses_of(node)) {
    if (address.known() && !is_overlay(address.network)) return node.text_of(address.value);
  }
  return "";
}

}  // namespace

std::string contact_of(const View& node) {
  std::string outer = outer_contact(node);
  if (!outer.empty()) return outer;
  std::string name = overlay_name(node);
  return name.empty() ? node.text("fqdn") : name;
}

bool is_found_in_overlay(const View& node) {
  const std::string outer = outer_contact(node);
  if (outer.empty()) return !overlay_name(node).empty();
  const std::vector<NodeAddress> addresses = addresses_of(node);
  return std::any_of(addresses.begin(), addresses.end(), [&](const NodeAddress& address) {
    const std::string domain = address.network.text("domain");
    return is_overlay(address.network) && !domain.empty() &&
           outer.ends_with(fmt::format(".{}", domain));
  });
}

Membership membership_of(const EmitInput& input, const View& node) {
  for (const View& cluster : input.all("cluster")) {
    const std::vector<View> servers = cluster.refs("servers");
    const bool server = holds(servers, node);
    if (!server && !holds(cluster.refs("agents"), node)) continue;
    return {cluster, server, server && servers.front() == node};
  }
  return {};
}

namespace {

/// How machines of the cluster find one of its servers.
std::string host_of(const View& cluster, const View& server) {
  const View network = cluster.ref("network");
  const std::string domain = network.text("domain");
  if (is_overlay(network) && !domain.empty()) return fmt::format("{}.{}", server.name(), domain);
  const values::Value address = server.at("address", network);
  return address.is(ValueKind::ip) ? server.text_of(address) : contact_of(server);
}

std::string api_host(const View& cluster) {
  const std::vector<View> servers = cluster.refs("servers");
  return servers.empty() ? "" : host_of(cluster, servers.front());
}

std::string url_at(const View& cluster, const std::string& host) {
  const bool v6 = host.find(':') != std::string::npos;
  return fmt::format("https://{}{}{}:{}", v6 ? "[" : "", host, v6 ? "]" : "",
                     cluster.number("api-port", 6443));
}

}  // namespace

std::string api_url(const View& cluster) { return url_at(cluster, api_host(cluster)); }

std::string people_api_url(const View& cluster) {
  const model::ApiWay way = model::api_way(cluster);
  return url_at(cluster, way.network == cluster.ref("network") ? api_host(cluster) : way.host);
}

std::vector<std::string> other_servers(const View& cluster, const View& server) {
  std::vector<std::string> out;
  for (const View& one : cluster.refs("servers")) {
    if (!(one == server)) out.push_back(host_of(cluster, one));
  }
  return out;
}

View first_admin(const EmitInput& input) {
  for (const View& person : sorted_by_name(input.all("person"))) {
    if (person.flag("admin")) return person;
  }
  return {};
}

std::vector<View> sorted_by_name(std::vector<View> views) {
  std::stable_sort(views.begin(), views.end(),
                   [](const View& a, const View& b) { return a.name() < b.name(); });
  return views;
}

std::vector<PortClaim> port_claims(const EmitInput& input, const View& node) {
  std::vector<PortClaim> out;
  for (const View& service : input.all("service")) {
    const auto ports = service.held("host-port");
    if (ports.empty() || !may_land(service, node)) continue;
    for (const auto& [name, port] : ports) {
      out.push_back({service, port.number("port"), port.text("protocol") == "udp",
                     port.text("audience") == "lan", port.text("purpose")});
    }
  }
  return out;
}

}  // namespace hlab::emit
