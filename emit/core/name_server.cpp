#include "emit/core/name_server.h"

#include "compiler/values/address.h"
#include "emit/core/endpoint_port.h"
#include "emit/core/tailnet.h"

namespace hlab::emit {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

constexpr std::int64_t kNamePort = 53;

void add_machines(const View& service, std::vector<NameServer>& out) {
  for (const View& node : service.refs("on")) {
    const std::string address = node.text("lan-address");
    out.push_back({service, node, address, !address.empty()});
  }
}

/// In a cluster, an endpoint with an address of its own is asked.
void add_endpoints(const View& service, std::vector<NameServer>& out) {
  for (const auto& [name, endpoint] : service.held("expose")) {
    if (endpoint.text("protocol") == "http") continue;
    if (endpoint_port_number(service, endpoint) != kNamePort) continue;
    const std::string address = endpoint.text("dns-address");
    if (address.empty()) continue;
    out.push_back({service, View(), address, endpoint.text("audience") != "vpn"});
  }
}

/// Whether a machine of the private network routes that address into it.
bool routed(const EmitInput& input, const View& overlay, const std::string& address) {
  const auto ip = values::parse_ip(address);
  if (!ip) return false;
  for (const View& node : input.all("node")) {
    if (!(overlay_of(node) == overlay)) continue;
    for (const std::string& route : node.texts("routes")) {
      const auto network = values::parse_cidr(route);
      if (network && values::network_has(*network, *ip)) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<NameServer> name_servers(const EmitInput& input) {
  std::vector<NameServer> out;
  for (const View& service : input.all("service")) {
    if (!service.flag("answers-names")) continue;
    service.is("host-service") ? add_machines(service, out) : add_endpoints(service, out);
  }
  return out;
}

WayToNames way_to(const EmitInput& input, const NameServer& server, const View& overlay) {
  for (const NodeAddress& address :
       server.node ? addresses_of(server.node) : std::vector<NodeAddress>{}) {
    if (!(address.network == overlay)) continue;
    return {true, address.known() ? server.node.text_of(address.value) : std::string()};
  }
  if (!routed(input, overlay, server.address)) return {};
  return {false, server.address};
}

}  // namespace hlab::emit
