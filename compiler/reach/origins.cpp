// Where packets begin that come from a machine, a service or a person.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/reach/builder.h"
#include "compiler/reach/facts.h"
#include "compiler/reach/paths.h"

namespace hlab::reach {

void Builder::add_origins() {
  for (const View& cluster : all("cluster")) add_cluster_origin(cluster);
  for (const View& node : all("node")) add_node_origin(node);
  for (const View& foreign : all("foreign")) add_node_origin(foreign);
  for (const View& service : all("service")) add_service_origin(service);
  for (const View& person : all("person")) add_person(person);
}

void Builder::add_cluster_origin(const View& cluster) {
  const std::uint32_t any = graph_.place(PlaceKind::any_node, cluster.id());
  for (const View& node : cluster.refs("nodes")) {
    graph_.step(any, graph_.place(PlaceKind::from_node, node.id()), "is one of them",
                cluster.declared_at());
  }
}

void Builder::add_node_origin(const View& node) {
  const std::uint32_t here = graph_.place(PlaceKind::from_node, node.id());
  if (const View cluster = cluster_of(node)) {
    graph_.step(here, graph_.place(PlaceKind::pods, cluster.id()), "its machines reach pods",
                cluster.declared_at());
  }
  for (const AddressEntry& entry : addresses_of(node)) {
    if (entry.network.is("pool")) continue;
    if (has_policy(entry.network)) {
      add_member(node, entry.network);
      add_questions(here, entry.network);
    } else {
      graph_.step(here, among(node, entry.network), "is in it", entry.at);
    }
  }
}

/// Where a machine is that is in a network. What others route into a private one is not for a machine that does not take it.
std::uint32_t Builder::among(const View& node, const View& network) {
  const std::uint32_t everybody = graph_.place(PlaceKind::in_network, network.id());
  if (!node.is("node") || node.flag("accepts-routes") || network.texts("routed").empty())
    return everybody;
  const std::vector<std::string> own = node.texts("routes");  // what it routes itself it reaches
  const std::string without = std::string(own.empty() ? kNoRoutes : node.name());
  const std::uint32_t here = graph_.place(PlaceKind::in_network, network.id(), without);
  if (!graph_.out_of(here).empty()) return here;
  for (const std::uint32_t number : graph_.out_of(everybody)) {
    const Step step = graph_.steps()[number];
    const Place& there = graph_.places()[step.to];
    const bool others = there.kind == PlaceKind::routed && !there.detail.empty() &&
                        std::none_of(own.begin(), own.end(), [&](const std::string& route) {
                          return there.detail.ends_with(" " + route);
                        });
    if (!others) graph_.step(here, step.to, step.reason, step.at);
  }
  return here;
}

/// Machines in a private network ask for names there, as people do.
void Builder::add_questions(std::uint32_t from, const View& overlay) {
  const std::uint32_t people = graph_.place(PlaceKind::in_network, overlay.id());
  for (const View& service : all("service")) {
    if (!service.flag("answers-names")) continue;
    for (const std::uint32_t number : graph_.out_of(people)) {
      const Step step = graph_.steps()[number];
      const Place& asked = graph_.places()[step.to];
      if (asked.kind == PlaceKind::host_port && asked.id == service.id())
        graph_.step(from, step.to, step.reason, step.at);
    }
    if (!service.is("workload")) continue;
    for (const auto& [name, endpoint] : service.held("expose")) {
      const std::uint32_t there = graph_.find(PlaceKind::endpoint, endpoint.id());
      if (endpoint.text("protocol") == "http" || there == ReachGraph::kNone) continue;
      if (shortest(graph_, {people}, there))
        graph_.step(from, there,
                    fmt::format("the policy of `{}` lets it ask for names", overlay.name()),
                    endpoint.declared_at());
    }
  }
}

/// Machines of one cluster reach each other in the private network that carries it, and nothing else.
void Builder::add_member(const View& node, const View& overlay) {
  const View cluster = cluster_of(node);
  if (!cluster || !(cluster.ref("network") == overlay)) return;
  const std::uint32_t all_of_them = graph_.place(PlaceKind::members, cluster.id());
  const bool is_new = graph_.into(all_of_them).empty();
  graph_.step(graph_.place(PlaceKind::from_node, node.id()), all_of_them,
              fmt::format("the policy of `{}` lets them to each other", overlay.name()),
              cluster.set_at("network"));
  if (!is_new) return;
  for (const View& other : cluster.refs("nodes")) {
    graph_.step(all_of_them, graph_.place(PlaceKind::node, other.id()), "is one of them",
                cluster.declared_at());
  }
  graph_.step(all_of_them, graph_.place(PlaceKind::cluster, cluster.id()), "they ask its API",
              cluster.declared_at());
  for (const View& service : all("service")) {
    for (const auto& [name, port] : service.held("host-port")) {
      if (port.text("audience") != "cluster") continue;
      for (const View& machine : machines_of(service)) {
        if (!(cluster_of(machine) == cluster)) continue;
        graph_.step(all_of_them, graph_.place(PlaceKind::host_port, service.id(), port_text(port)),
                    fmt::format("the policy of `{}` opens it", overlay.name()), port.declared_at());
        break;
      }
    }
  }
}

void Builder::add_service_origin(const View& service) {
  const std::uint32_t here = graph_.place(PlaceKind::from_service, service.id());
  const View cluster = service.ref("cluster");
  if (service.is("workload") && cluster) {
    const std::uint32_t pods = graph_.place(PlaceKind::pods, cluster.id());
    graph_.step(here, pods, "runs there", service.declared_at());
    graph_.step(pods, graph_.place(PlaceKind::service, service.id()), "pods reach each other",
                service.declared_at());
    for (const auto& [name, endpoint] : service.held("expose")) {
      graph_.step(pods, graph_.place(PlaceKind::endpoint, endpoint.id()), "pods reach each other",
                  endpoint.declared_at());
    }
  }
  const std::vector<View> on = service.refs("on");
  for (const View& node : on) {
    graph_.step(here, graph_.place(PlaceKind::from_node, node.id()), "runs on it",
                service.set_at("on"));
  }
  if (on.empty() && service.is("workload") && cluster) {
    graph_.step(here, graph_.place(PlaceKind::any_node, cluster.id()), "may run on any of them",
                service.declared_at());
  }
}

namespace {

/// Whether the policy of a private network knows who that is: somebody without a login it knows only where
/// nobody has one.
bool is_known(const View& person) {
  if (person.has("tailnet-login")) return true;
  const auto people = model::all(person.program(), person.lab(), "person");
  return std::none_of(people.begin(), people.end(),
                      [](const View& other) { return other.has("tailnet-login"); });
}

}  // namespace

void Builder::add_person(const View& person) {
  const std::uint32_t here = graph_.place(PlaceKind::from_person, person.id());
  graph_.step(here, internet_, "may be anywhere", person.declared_at());
  for (const View& network : all("network")) {
    if (network.is("pool") || (has_policy(network) && !is_known(person))) continue;
    const bool is_private = network.text("audience") == "vpn";
    graph_.step(here, graph_.place(PlaceKind::in_network, network.id()),
                is_private ? "may join it" : "may be in the house", person.declared_at());
    if (person.flag("admin") && has_policy(network)) add_admin(here, person, network);
  }
}

void Builder::add_admin(std::uint32_t from, const View& person, const View& overlay) {
  for (const View& node : all("node")) {
    if (!node.value("address").is(values::ValueKind::map)) continue;
    for (const AddressEntry& entry : addresses_of(node)) {
      if (!(entry.network == overlay)) continue;
      graph_.step(from, graph_.place(PlaceKind::node, node.id()),
                  fmt::format("administrators log in to it by `{}`", overlay.name()),
                  person.set_at("admin"));
      const View cluster = cluster_of(node);
      if (!cluster) continue;
      for (const View& server : cluster.refs("servers")) {
        if (!(server == node)) continue;
        graph_.step(from, graph_.place(PlaceKind::cluster, cluster.id()),
                    "administrators ask its API", person.set_at("admin"));
      }
    }
  }
}

}  // namespace hlab::reach
