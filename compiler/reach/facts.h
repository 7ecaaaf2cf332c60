// What several parts of the graph ask of a declaration.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::reach {

using model::View;
using values::Value;

struct AddressEntry {
  View network;  // or a pool
  Value value;   // an address, or one that is not known yet
  Span at;
};

/// The entries of the field `address`: of a node, a controller, an endpoint.
[[nodiscard]] std::vector<AddressEntry> addresses_of(const View& holder);
/// The machines on which a service may run: what it says, else its whole cluster.
[[nodiscard]] std::vector<View> machines_of(const View& service);
/// Whether the lab says who may reach whom in it.
[[nodiscard]] bool has_policy(const View& network);
/// The cluster of which the node is a machine, or none.
[[nodiscard]] View cluster_of(const View& node);
[[nodiscard]] bool is_global(const values::Address& address);
/// Whether a controller keeps what the private network asks for apart from the rest.
[[nodiscard]] bool keeps_apart(const View& controller);
/// Whether anybody answers for addresses of the pool.
[[nodiscard]] bool is_answered(const View& pool, const View& service);
/// `port 53/udp`.
[[nodiscard]] std::string port_text(const View& host_port);
[[nodiscard]] std::string port_text(std::int64_t number, bool udp);

/// For whom the firewall of a NixOS machine opens a port.
enum class OpenTo : std::uint8_t { house, cluster, nobody };

/// A port of the machine on which a service answers.
struct HostPort {
  std::string text;  // `port 53/udp`
  std::string purpose;
  OpenTo opening = OpenTo::nobody;
  Span at;
};

/// Its `host-port`, and the ports of a container that has the network of its machine.
[[nodiscard]] std::vector<HostPort> host_ports_of(const View& service);

/// The ports of every machine of the cluster that lead to an endpoint: one, or one for each protocol.
[[nodiscard]] std::vector<std::string> node_ports_of(const View& endpoint);

}  // namespace hlab::reach
