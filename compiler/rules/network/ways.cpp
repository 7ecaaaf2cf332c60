// Whether endpoints are reached by those for whom they are, by nobody else, and by their names.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/reach/facts.h"
#include "compiler/reach/paths.h"
#include "compiler/rules/network/way_rules.h"

namespace hlab::rules {

using model::View;
using reach::PlaceKind;

namespace {

/// What the audiences of a lab reach, by place of the graph.
struct Audiences {
  reach::ReachGraph graph;
  std::vector<bool> internet;
  std::vector<bool> vpn;
  std::vector<bool> lan;
  bool has_lan = false;

  [[nodiscard]] bool reaches(const std::vector<bool>& who, const View& endpoint) const {
    const std::uint32_t at = graph.find(PlaceKind::endpoint, endpoint.id());
    return at != reach::ReachGraph::kNone && who[at];
  }
  [[nodiscard]] const std::vector<bool>& of(const std::string& audience) const {
    if (audience == "public") return internet;
    return audience == "vpn" ? vpn : lan;
  }
};

Audiences audiences_of(const RuleInput& input) {
  Audiences out{
      reach::reach_graph(input.program, input.lab, reach::Origins::networks), {}, {}, {}, false};
  std::vector<std::uint32_t> vpn;
  std::vector<std::uint32_t> lan;
  for (const View& network : input.all("network")) {
    if (network.is("pool")) continue;
    const bool is_private = network.text("audience") == "vpn";
    (is_private ? vpn : lan).push_back(out.graph.find(PlaceKind::in_network, network.id()));
  }
  out.has_lan = !lan.empty();
  out.internet = reached(out.graph, {out.graph.find(PlaceKind::internet)});
  out.vpn = reached(out.graph, vpn);
  out.lan = reached(out.graph, lan);
  return out;
}

/// Of a service of machines: whether a port of them is called like it, and nobody hands requests to it.
bool is_judged_at_machines(const View& endpoint) {
  const View service = endpoint.owner();
  if (service.flag("extern") || service.refs("on").empty() || endpoint.ref("ingress")) return false;
  const std::string port = endpoint.has("port") ? endpoint.text("port")
                                                : std::string(endpoint.name());
  const auto ports = service.held("host-port");
  return std::any_of(ports.begin(), ports.end(), [&](const auto& one) {
    return one.first == port || one.first == port + "-udp";
  });
}

/// Whether the lab says enough of the endpoint, and nothing else is wrong with it.
bool is_judged(const View& endpoint) {
  const View service = endpoint.owner();
  if (service.is("host-service")) return is_judged_at_machines(endpoint);
  const View ingress = endpoint.ref("ingress");
  if (!service.is("workload") || service.flag("extern") || !service.ref("cluster")) return false;
  if (service.ref("cluster").refs("nodes").empty()) return false;
  if (endpoint.text("protocol") == "http") return ingress && !ingress.flag("extern");
  return !reach::addresses_of(endpoint).empty() || endpoint.has("node-port");
}

/// What is missing for the audience, in the words of the mend.
std::string missing_way(const View& endpoint) {
  const std::string audience = endpoint.text("audience");
  if (audience == "public" && endpoint.text("protocol").find("udp") != std::string::npos)
    return "where the router forwards a port, `allow` this: a tunnel carries no UDP";
  if (audience == "public")
    return "`through = TUNNEL` lets it in; where the router forwards a port, `allow` this";
  if (endpoint.owner().is("host-service"))
    return fmt::format("no machine of `{}` has an address in {}", endpoint.owner().name(),
                       audience == "vpn" ? "the private network" : "a network of the house");
  const bool by_name = endpoint.text("protocol") == "http";
  const View holder = by_name ? endpoint.ref("ingress") : endpoint;
  for (const reach::AddressEntry& entry : reach::addresses_of(holder)) {
    if ((entry.network.text("audience") == "vpn") != (audience == "vpn")) continue;
    if (!entry.network.ref("of")) continue;
    if (!entry.network.ref("by"))
      return fmt::format("nobody answers for addresses of `{}`: declare a load balancer",
                         entry.network.name());
    return fmt::format("no machine of `{0}` leads to {1}: `routes = [{2}.cidr]` on one of them",
                       entry.network.ref("of").name(), entry.network.text("cidr"),
                       entry.network.name());
  }
  return fmt::format("`{}` needs an address for them: `address.POOL = auto`, with a pool {}",
                     by_name ? holder.name() : endpoint.owner().name(),
                     audience == "vpn" ? "of the private network, and a machine that routes it"
                                       : "of a network of the house");
}

std::string_view who(const std::string& audience) {
  if (audience == "public") return "the internet";
  return audience == "vpn" ? "the private network" : "the house";
}

/// Endpoints with one fault in common, by what they share; the first one carries the message.
using Groups = std::map<std::pair<std::string, std::uint32_t>, std::vector<View>>;

void add_others(diag::Report& report, const std::vector<View>& group) {
  std::string names;
  for (std::size_t i = 1; i < group.size(); ++i)
    names += fmt::format("{}`{}`", i == 1 ? "" : ", ", group[i].path());
  if (!names.empty()) report.note(fmt::format("so it is with {}", names));
}

std::uint32_t shared(const View& endpoint) {
  const View ingress = endpoint.ref("ingress");
  const bool by_name = endpoint.text("protocol") == "http" && ingress;
  return by_name ? ingress.id().index : endpoint.id().index;
}

/// Whether an ingress controller hands requests on to the endpoint at that address: it may tell audiences apart.
bool leads_to(const reach::ReachGraph& graph, const View& controller,
              const reach::AddressEntry& entry, const View& endpoint) {
  const std::uint32_t door = graph.find(PlaceKind::door, controller.id(),
                                        controller.text_of(entry.value));
  const std::uint32_t there = graph.find(PlaceKind::endpoint, endpoint.id());
  if (door == reach::ReachGraph::kNone) return false;
  const std::vector<std::uint32_t>& steps = graph.out_of(door);
  return std::any_of(steps.begin(), steps.end(),
                     [&](std::uint32_t number) { return graph.steps()[number].to == there; });
}

void report_wider(const Audiences& audiences, const View& endpoint, diag::Diagnostics& diags) {
  const std::string audience = endpoint.text("audience");
  if (audience == "public") return;
  const bool everybody = audiences.reaches(audiences.internet, endpoint);
  const bool house = audience == "vpn" && audiences.reaches(audiences.lan, endpoint);
  if (!everybody && !house) return;
  auto report = diags.report(kWiderThanSaid, endpoint.declared_at(), endpoint.path(), who(audience),
                             who(everybody ? "public" : "lan"));
  if (endpoint.has("through")) {
    report.label(endpoint.set_at("through"), "this lets the internet in");
    return;
  }
  if (endpoint.has("node-port"))
    report.label(endpoint.set_at("node-port"), "every machine of its cluster answers here");
  const bool by_name = endpoint.text("protocol") == "http";
  const View holder = by_name ? endpoint.ref("ingress") : endpoint;
  for (const reach::AddressEntry& entry : reach::addresses_of(holder)) {
    if (by_name && !leads_to(audiences.graph, holder, entry, endpoint)) continue;
    if (entry.network.text("audience") != "vpn")
      report.label(entry.at, fmt::format("it answers here, in `{}`", entry.network.name()));
  }
}

/// Whether something of the lab answers for its names.
bool gives_names(const RuleInput& input) {
  const std::vector<View> services = input.all("service");
  return std::any_of(services.begin(), services.end(),
                     [](const View& service) { return service.flag("answers-names"); });
}

}  // namespace

void check_ways(const RuleInput& input, diag::Diagnostics& diags) {
  const std::vector<View> endpoints = input.all("endpoint");
  if (endpoints.empty() || diags.has_errors()) return;  // a way may be missing for what is wrong
  const Audiences audiences = audiences_of(input);
  const bool names = gives_names(input);
  Groups unreached;
  Groups unnamed;
  for (const View& endpoint : endpoints) {
    if (!is_judged(endpoint)) continue;
    const std::string audience = endpoint.text("audience");
    const bool at_machines = endpoint.owner().is("host-service");
    if (!at_machines) report_wider(audiences, endpoint, diags);
    if (!audiences.reaches(audiences.of(audience), endpoint)) {
      if (audience != "lan" || audiences.has_lan)
        unreached[{audience, shared(endpoint)}].push_back(endpoint);
    } else if (names && !at_machines && audience != "public" && !endpoint.has("dns-address")) {
      unnamed[{audience, shared(endpoint)}].push_back(endpoint);
    }
  }
  for (const auto& [key, group] : unreached) {
    auto report = diags.report(kEndpointUnreached, group.front().declared_at(),
                               who(group.front().text("audience")), group.front().path());
    add_others(report, group);
    report.help(missing_way(group.front()));
  }
  for (const auto& [key, group] : unnamed) {
    auto report = diags.report(kNameUnknown, group.front().declared_at(),
                               group.front().text("fqdn"));
    add_others(report, group);
    report.help("with an address in a pool it has one; else say it: `dns-address`");
  }
}

}  // namespace hlab::rules
