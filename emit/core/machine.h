// Facts about a node that several targets need: where it is in each network, what reaches it first,
// which cluster it belongs to, which ports are claimed on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/core/emitter.h"

namespace hlab::emit {

/// A node's address in one network; the value is an address, or not learned yet.
struct NodeAddress {
  model::View network;
  values::Value value;
  bool by_dhcp = false;  // the DHCP server gives it, to this machine alone
  bool second = false;   // of the network's second family

  [[nodiscard]] std::string_view cidr_field() const { return second ? "cidr6" : "cidr"; }
  [[nodiscard]] std::string_view gateway_field() const { return second ? "gateway6" : "gateway"; }
  [[nodiscard]] bool known() const { return value.is(values::ValueKind::ip); }
};

/// In the order of the lab; those of a second family come last.
[[nodiscard]] std::vector<NodeAddress> addresses_of(const model::View& node);
[[nodiscard]] bool is_overlay(const model::View& network);
[[nodiscard]] bool runs_nixos(const model::View& node);
/// `name.domain` in the first network that gives names to its machines, or "".
[[nodiscard]] std::string overlay_name(const model::View& node);
/// What reaches the machine before anything of the lab runs on it.
[[nodiscard]] std::string contact_of(const model::View& node);
/// Whether that is a name in a private network, which it has to be in before.
[[nodiscard]] bool is_found_in_overlay(const model::View& node);

/// What a node is in a cluster; `cluster` is empty outside of one.
struct Membership {
  model::View cluster;
  bool server = false;
  bool first = false;  // of the servers
};

[[nodiscard]] Membership membership_of(const EmitInput& input, const model::View& node);
/// How its machines call the API of a cluster: by a name in an overlay, else at an address.
[[nodiscard]] std::string api_url(const model::View& cluster);
/// How people do: see `model::api_way`.
[[nodiscard]] std::string people_api_url(const model::View& cluster);
/// Where its machines find the servers beside that one, in the order of the lab.
[[nodiscard]] std::vector<std::string> other_servers(const model::View& cluster,
                                                     const model::View& server);

/// The first administrator by name, or none.
[[nodiscard]] model::View first_admin(const EmitInput& input);
/// Sorted by name.
[[nodiscard]] std::vector<model::View> sorted_by_name(std::vector<model::View> views);

/// A port that a service takes on a machine itself.
struct PortClaim {
  model::View service;
  std::int64_t port = 0;
  bool udp = false;
  bool whole_house = false;  // reached from the LAN, not only by the cluster
  std::string purpose;
};

/// Of every service that runs, or may land, on the node.
[[nodiscard]] std::vector<PortClaim> port_claims(const EmitInput& input, const model::View& node);

}  // namespace hlab::emit
