// Ingress controllers: where they answer, and whom they hand requests to.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/placement/port_claims.h"
#include "compiler/reach/builder.h"
#include "compiler/reach/facts.h"

namespace hlab::reach {

using values::ValueKind;

namespace {

/// Whether the policy of the private network lets its people to the door at that address, or to the one
/// on machines where it is none: it does for names of the private network that lead there.
bool is_granted(const View& controller, const std::string& address) {
  for (const View& endpoint : model::all(controller.program(), controller.lab(), "endpoint")) {
    if (endpoint.text("audience") != "vpn" || endpoint.text("protocol") != "http") continue;
    if (!endpoint.owner().is("workload") || !(endpoint.ref("ingress") == controller)) continue;
    if (endpoint.text("dns-address") == address) return true;
  }
  return false;
}

bool answers(const View& controller, const View& pool, const View& endpoint) {
  if (!keeps_apart(controller)) return true;
  const bool is_private = pool && pool.text("audience") == "vpn";
  return is_private == (endpoint.text("audience") == "vpn");
}

}  // namespace

void Builder::add_doors() {
  for (const View& controller : all("ingress-controller")) {
    for (const AddressEntry& entry : addresses_of(controller)) {
      if (!entry.value.is(ValueKind::ip) || !is_answered(entry.network, controller)) continue;
      add_door(controller, entry.network, entry.value, entry.at);
    }
    if (placement::answers_on_machines(controller)) add_machine_door(controller);
  }
}

void Builder::add_door(const View& controller, const View& pool, const Value& address, Span at) {
  const std::string text = controller.text_of(address);
  const std::uint32_t door = graph_.place(PlaceKind::door, controller.id(), text);
  for (const Arrival* arrival : arrivals_in_pool(pool, address)) {
    if (arrival->policy && !is_granted(controller, text)) continue;
    graph_.step(arrival->place, door, fmt::format("an address of `{}`", pool.name()), at);
  }
  open_endpoints(door, controller, pool);
}

void Builder::add_machine_door(const View& controller) {
  const View cluster = controller.ref("cluster");
  const std::uint32_t door = graph_.place(PlaceKind::door, controller.id(), "its machines");
  for (const View& node : cluster.refs("nodes")) {
    for (const AddressEntry& entry : addresses_of(node)) {
      for (const Arrival* arrival : arrivals_at(entry.network, entry.value)) {
        if (arrival->policy && !is_granted(controller, "")) continue;
        graph_.step(arrival->place, door,
                    fmt::format("it has no address of its own, so `{}` answers", node.name()),
                    controller.declared_at());
      }
    }
  }
  open_endpoints(door, controller, {});
}

void Builder::open_endpoints(std::uint32_t door, const View& controller, const View& pool) {
  graph_.step(door, graph_.place(PlaceKind::service, controller.id()), "answers itself",
              controller.declared_at());
  for (const View& endpoint : all("endpoint")) {
    if (endpoint.text("protocol") != "http" || !endpoint.owner().is("workload")) continue;
    if (!(endpoint.ref("ingress") == controller) || !answers(controller, pool, endpoint)) continue;
    graph_.step(door, graph_.place(PlaceKind::endpoint, endpoint.id()),
                fmt::format("hands on requests for {}", endpoint.text("fqdn")),
                endpoint.declared_at());
  }
}

}  // namespace hlab::reach
