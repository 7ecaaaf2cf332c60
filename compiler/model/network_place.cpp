#include "compiler/model/network_place.h"

#include <algorithm>

#include "compiler/values/address.h"

namespace hlab::model {

namespace {

bool is_private(const View& network) { return network.text("audience") == "vpn"; }

std::vector<View> all_of(const View& any, std::string_view kind) {
  return all(any.program(), any.lab(), kind);
}

bool is_in(const View& node, const View& network) {
  return !node.at("address", network).is(ValueKind::absent);
}

bool leads_into(const View& from, const View& to) {
  const std::vector<View> reached = from.refs("reaches");
  return std::find(reached.begin(), reached.end(), to) != reached.end();
}

/// Whether the machine tells others the way into the network.
bool routes(const View& node, const View& network) {
  const Value& routed = node.value("routes");
  const Value& cidr = network.value("cidr");
  if (!routed.is(ValueKind::list) || !cidr.is(ValueKind::cidr)) return false;
  return is_at_place_of(node, network) &&
         std::any_of(routed.list->items.begin(), routed.list->items.end(), [&](const Value& route) {
           return route.is(ValueKind::cidr) && route.address->family == cidr.address->family &&
                  (values::network_covers(*route.address, *cidr.address) ||
                   values::network_covers(*cidr.address, *route.address));
         });
}

/// Whether addresses of both are known in the private network: one by a route, the other by a route or because a
/// machine of it is there.
bool meet_in(const View& overlay, const View& one, const View& other) {
  bool routed_one = false;
  bool routed_other = false;
  bool from_one = false;
  bool from_other = false;
  for (const View& node : all_of(overlay, "node")) {
    if (!is_in(node, overlay)) continue;
    routed_one = routed_one || routes(node, one);
    routed_other = routed_other || routes(node, other);
    from_one = from_one || is_in(node, one);
    from_other = from_other || is_in(node, other);
  }
  return (routed_one && (routed_other || from_other)) || (routed_other && from_one);
}

}  // namespace

bool is_at_place_of(const View& node, const View& network) {
  if (is_private(network)) return true;
  bool somewhere = false;
  for (const View& other : all_of(network, "network")) {
    if (is_private(other) || other.is("pool") || !is_in(node, other)) continue;
    if (other.text("place") == network.text("place")) return true;
    somewhere = true;
  }
  return !somewhere;
}

bool never_meet(const View& one, const View& other) {
  if (one.text("place") == other.text("place") || is_private(one) || is_private(other))
    return false;
  if (leads_into(one, other) || leads_into(other, one)) return false;
  for (const View& node : all_of(one, "node")) {
    if (is_in(node, one) && is_in(node, other)) return false;
  }
  const std::vector<View> networks = all_of(one, "network");
  return std::none_of(networks.begin(), networks.end(), [&](const View& overlay) {
    return is_private(overlay) && !overlay.is("pool") && meet_in(overlay, one, other);
  });
}

std::string interface_in(const View& node, const View& network) {
  std::string own = network.text("interface");
  return own.empty() ? node.ref("hardware").text("nic") : own;
}

}  // namespace hlab::model
