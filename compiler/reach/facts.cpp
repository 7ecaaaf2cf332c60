#include "compiler/reach/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/placement/port_claims.h"
#include "compiler/values/address.h"

namespace hlab::reach {

using values::ValueKind;

std::vector<AddressEntry> addresses_of(const View& holder) {
  std::vector<AddressEntry> out;
  const Value& addresses = holder.value("address");
  if (!addresses.is(ValueKind::map)) return out;
  for (const values::MapItem& item : addresses.map->items) {
    if (!item.key.is_instance) continue;
    const View network(holder.program(), holder.lab(), values::InstanceId(item.key.id));
    out.push_back({network, item.value, holder.entry_at("address", item.key)});
  }
  return out;
}

std::vector<View> machines_of(const View& service) {
  const std::vector<View> on = service.refs("on");
  if (!on.empty() || !service.is("workload")) return on;
  const View cluster = service.ref("cluster");
  return cluster ? cluster.refs("nodes") : std::vector<View>();
}

bool has_policy(const View& network) {
  return network.is("tailscale") && network.flag("access-policy");
}

View cluster_of(const View& node) {
  for (const View& cluster : model::all(node.program(), node.lab(), "cluster")) {
    const std::vector<View> nodes = cluster.refs("nodes");
    if (std::find(nodes.begin(), nodes.end(), node) != nodes.end()) return cluster;
  }
  return {};
}

namespace {

struct Block {
  std::uint32_t first;
  int prefix;
};

/// What no router of the internet forwards.
constexpr Block kNotGlobal[] = {{0, 8},           {0x0a000000, 8},  {0x64400000, 10},
                                {0x7f000000, 8},  {0xa9fe0000, 16}, {0xac100000, 12},
                                {0xc0a80000, 16}, {0xe0000000, 3}};

}  // namespace

bool is_global(const values::Address& address) {
  if (address.family != 4) return address.high >> 61 == 1;  // 2000::/3
  const auto bits = static_cast<std::uint32_t>(address.low);
  return std::none_of(std::begin(kNotGlobal), std::end(kNotGlobal), [&](const Block& block) {
    return (bits ^ block.first) >> (32 - block.prefix) == 0;
  });
}

bool keeps_apart(const View& controller) {
  const auto words = controller.entries("annotations");
  return std::any_of(words.begin(), words.end(),
                     [](const auto& one) { return one.first == "vpn"; });
}

bool is_answered(const View& pool, const View& service) {
  return pool.ref("by") || service.flag("extern");
}

std::string port_text(std::int64_t number, bool udp) {
  return fmt::format("port {}/{}", number, udp ? "udp" : "tcp");
}

std::vector<HostPort> host_ports_of(const View& service) {
  std::vector<HostPort> out;
  for (const auto& [name, port] : service.held("host-port")) {
    out.push_back({port_text(port), port.text("purpose"),
                   port.text("audience") == "lan" ? OpenTo::house : OpenTo::cluster,
                   port.declared_at()});
  }
  if (!service.flag("host-network") || service.flag("extern")) return out;
  for (const placement::AskedPort& asked : placement::asked_ports(service)) {
    const std::string text = port_text(asked.port.number, asked.port.udp);
    const bool said = std::any_of(out.begin(), out.end(),
                                  [&](const HostPort& one) { return one.text == text; });
    if (!said) out.push_back({text, "it has the network of its machine", OpenTo::nobody, asked.at});
  }
  return out;
}

std::vector<std::string> node_ports_of(const View& endpoint) {
  std::vector<std::string> out;
  if (!endpoint.has("node-port") || endpoint.top().flag("extern")) return out;
  const std::string protocol = endpoint.text("protocol");
  const std::int64_t number = endpoint.number("node-port");
  if (protocol != "udp") out.push_back(port_text(number, false));
  if (protocol.ends_with("udp")) out.push_back(port_text(number, true));
  return out;
}

std::string port_text(const View& host_port) {
  return fmt::format("port {}/{}", host_port.number("port"), host_port.text("protocol"));
}

}  // namespace hlab::reach
