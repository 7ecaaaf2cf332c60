#include "compiler/model/api_way.h"

#include <fmt/format.h>

namespace hlab::model {

namespace {

/// What the machine is called in a network that gives names, else its address there; "" where nobody knows that yet.
std::string host_in(const View& node, const View& network) {
  const std::string domain = network.text("domain");
  if (!domain.empty()) return fmt::format("{}.{}", node.name(), domain);
  const Value address = node.at("address", network);
  return address.is(ValueKind::ip) ? node.text_of(address) : "";
}

bool is_in(const View& node, const View& network) {
  return !network.is("pool") && !node.at("address", network).is(ValueKind::absent);
}

/// Whether that is the machine's address in the network, or a name that the network gives.
bool gives(const View& network, const View& node, const std::string& host) {
  const Value address = node.at("address", network);
  if (address.is(ValueKind::ip) && node.text_of(address) == host) return true;
  const std::string domain = network.text("domain");
  return !domain.empty() && host.ends_with(fmt::format(".{}", domain));
}

/// From another place.
ApiWay way_from_elsewhere(const View& server) {
  const std::string reach = server.text("reach");
  ApiWay by_private_network;
  for (const View& network : all(server.program(), server.lab(), "network")) {
    if (!is_in(server, network)) continue;
    if (gives(network, server, reach)) return {network, reach};
    const View& known = by_private_network.network;
    const bool is_other = known &&
                          known.name() < network.name();  // the order of the source says nothing
    if (is_other || network.text("audience") != "vpn") continue;
    if (std::string host = host_in(server, network); !host.empty())
      by_private_network = {network, std::move(host)};
  }
  return by_private_network.network ? by_private_network : ApiWay{{}, reach};
}

}  // namespace

ApiWay api_way(const View& cluster) {
  const std::vector<View> servers = cluster.refs("servers");
  if (servers.empty()) return {};
  const View network = cluster.ref("network");
  if (network.has("place") && servers.front().has("reach"))
    return way_from_elsewhere(servers.front());
  return {network, network ? host_in(servers.front(), network) : ""};
}

bool answers_api_in(const View& cluster, const View& server, const View& network) {
  if (network == cluster.ref("network")) return true;
  if (network.text("audience") != "vpn" || !is_in(server, network)) return false;
  if (network.is("tailscale") && network.flag("access-policy")) return true;
  return cluster.refs("servers").front() == server && api_way(cluster).network == network;
}

}  // namespace hlab::model
