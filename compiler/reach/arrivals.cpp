// Networks, and how packets come from one into another.
#include <fmt/format.h>

#include "compiler/model/network_place.h"
#include "compiler/reach/builder.h"
#include "compiler/reach/facts.h"
#include "compiler/values/address.h"

namespace hlab::reach {

using values::ValueKind;

namespace {

bool covers(const Address& route, const Value& address) {
  return address.is(ValueKind::ip) && address.address->family == route.family &&
         values::network_has(route, *address.address);
}

bool overlap(const Address& a, const Address& b) {
  return a.family == b.family && values::network_first(a) <= values::network_last(b) &&
         values::network_first(b) <= values::network_last(a);
}

bool is_whole(const Address& route, const View& network) {
  const Value& cidr = network.value("cidr");
  return cidr.is(ValueKind::cidr) && route.family == cidr.address->family &&
         values::network_covers(route, *cidr.address);
}

}  // namespace

void Builder::add_networks() {
  for (const View& network : all("network")) {
    if (network.is("pool")) continue;
    const std::uint32_t here = graph_.place(PlaceKind::in_network, network.id());
    if (network.text("audience") == "vpn") {
      graph_.step(here, internet_, "whoever joined it comes over the internet",
                  network.declared_at());
    } else if (network.has("gateway")) {
      graph_.step(here, internet_, fmt::format("by its gateway {}", network.text("gateway")),
                  network.set_at("gateway"));
    }
    arrivals_.push_back({here, network, {}, false, has_policy(network) ? network : View()});
    arrivals_.push_back({internet_, network, {}, true, {}});
  }
}

void Builder::add_arrivals() {
  for (const View& network : all("network")) {
    if (!network.is("pool")) add_router(network);
  }
  for (const View& node : all("node")) {
    if (node.texts("routes").empty()) continue;
    for (const AddressEntry& entry : addresses_of(node)) {
      const bool is_private = entry.network.text("audience") == "vpn";
      if (is_private && !entry.network.is("pool")) add_subnet_router(node, entry.network);
    }
  }
  for (const Arrival& arrival : arrivals_) {
    if (arrival.global) continue;
    graph_.step(arrival.place, graph_.place(PlaceKind::network, arrival.network.id()),
                "these are its addresses", arrival.network.declared_at());
  }
  for (const View& pool : all("pool")) {
    for (const Arrival* arrival : arrivals_in_pool(pool, pool.value("range"))) {
      graph_.step(arrival->place, graph_.place(PlaceKind::network, pool.id()),
                  "its addresses are reached from there", pool.set_at("of"));
    }
  }
}

void Builder::add_router(const View& network) {
  for (const View& other : network.refs("reaches")) {
    if (other == network || other.is("pool")) continue;
    const std::uint32_t there = graph_.place(PlaceKind::routed, other.id());
    const bool is_new = graph_.into(there).empty();
    graph_.step(graph_.place(PlaceKind::in_network, network.id()), there,
                fmt::format("the router lets `{}` into `{}`", network.name(), other.name()),
                network.set_at("reaches"));
    if (is_new) arrivals_.push_back({there, other, {}, false, {}});
  }
}

void Builder::add_subnet_router(const View& node, const View& overlay) {
  const Value& routes = node.value("routes");
  if (!routes.is(ValueKind::list)) return;
  for (const Value& route : routes.list->items) {
    if (route.is(ValueKind::cidr)) add_route(node, overlay, route);
  }
}

void Builder::add_route(const View& node, const View& overlay, const Value& route) {
  const std::string text = node.text_of(route);
  bool is_private = false;  // people reach the addresses of endpoints only
  for (const View& pool : all("pool")) {
    const Value& cidr = pool.value("cidr");
    is_private = is_private || (pool.text("audience") == "vpn" && cidr.is(ValueKind::cidr) &&
                                is_whole(*route.address, pool) &&
                                values::network_covers(*cidr.address, *route.address));
  }
  for (const View& network : all("network")) {
    const Value& cidr = network.value("cidr");
    if (network == overlay || !cidr.is(ValueKind::cidr) || !overlap(*route.address, *cidr.address))
      continue;
    if (!model::is_at_place_of(node, network)) continue;
    const bool lies_inside = network.is("pool") &&
                             network.text("cidr") == network.ref("of").text("cidr");
    if (lies_inside && !(network.ref("of") == overlay)) continue;  // comes with its network
    const std::string detail = overlay.path() + " " + text;
    const std::uint32_t there = graph_.place(PlaceKind::routed, network.id(), detail);
    graph_.step(graph_.place(PlaceKind::in_network, overlay.id()), there,
                fmt::format("`{}` routes {}", node.name(), text), node.set_at("routes"));
    arrivals_.push_back({there, network, *route.address, false,
                         is_private && has_policy(overlay) ? overlay : View()});
  }
}

namespace {

bool gets_to(const Arrival& arrival, const Value& address, bool is_lent) {
  if (arrival.global) {
    // A router shuts the house's own IPv6; an address of a pool is there to be reached.
    return address.is(ValueKind::ip) && is_global(*address.address) &&
           (is_lent || address.address->family == 4);
  }
  if (!arrival.only) return true;
  return covers(*arrival.only, address) || is_whole(*arrival.only, arrival.network);
}

/// Whether any address of the pool is among those.
bool touches(const Arrival& arrival, const View& pool) {
  const Value& range = pool.value("range");
  if (!arrival.only || !range.is(ValueKind::ip_range)) return true;
  const Address& route = *arrival.only;
  return route.family == range.address->family &&
         values::network_first(route) <= values::range_last(*range.address) &&
         values::address_bits(*range.address) <= values::network_last(route);
}

}  // namespace

std::vector<const Arrival*> Builder::arrivals_at(const View& network, const Value& address) const {
  std::vector<const Arrival*> out;
  for (const Arrival& arrival : arrivals_) {
    if (arrival.network == network && gets_to(arrival, address, false)) out.push_back(&arrival);
  }
  return out;
}

std::vector<const Arrival*> Builder::arrivals_in_pool(const View& pool,
                                                      const Value& address) const {
  std::vector<const Arrival*> out;
  const View of = pool.ref("of");
  for (const Arrival& arrival : arrivals_) {
    if (arrival.network == pool) {
      if (!address.is(ValueKind::ip) || gets_to(arrival, address, true)) out.push_back(&arrival);
      continue;
    }
    // Nobody in a private network announces addresses: a route of its own leads there.
    if (!(arrival.network == of) || (of.is("tailscale") && !arrival.global)) continue;
    const bool gets = address.is(ValueKind::ip) ? gets_to(arrival, address, true)
                                                : !arrival.global && touches(arrival, pool);
    if (gets) out.push_back(&arrival);
  }
  return out;
}

}  // namespace hlab::reach
