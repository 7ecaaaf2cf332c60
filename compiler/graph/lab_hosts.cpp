#include "compiler/graph/lab_hosts.h"

#include <charconv>
#include <vector>

namespace hlab::graph {

using model::View;

namespace {

/// Where a machine is found: its names and addresses.
std::vector<std::string> names_of(const View& node) {
  std::vector<std::string> out{std::string(node.name()), node.text("fqdn")};
  for (const std::string_view field : {"address", "address6"}) {
    for (const auto& [network, address] : node.entries(field)) {
      if (!address.hollow()) out.push_back(node.text_of(address));
    }
  }
  return out;
}

std::int64_t usual_port(std::string_view scheme) {
  if (scheme == "http") return 80;
  return scheme == "ssh" ? 22 : 443;
}

}  // namespace

HostAndPort host_alone(std::string_view text) {
  std::size_t colon = text.find(':');
  std::string host(text.substr(0, colon));
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    host = std::string(text.substr(1, end == std::string_view::npos ? end : end - 1));
    colon = text.find(':', end);
  }
  HostAndPort out{std::move(host), 0};
  if (colon == std::string_view::npos) return out;
  const std::string_view digits = text.substr(colon + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
  return out;
}

HostAndPort host_of_url(std::string_view url) {
  const std::size_t end = url.find("://");
  const bool whole = end != std::string_view::npos;
  const std::string_view scheme = whole ? url.substr(0, end) : "ssh";
  if (whole) url.remove_prefix(end + 3);
  url = url.substr(0, url.find('/'));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  if (!whole && !url.starts_with('[')) url = url.substr(0, url.find(':'));  // `git@HOST:path`
  HostAndPort out = host_alone(url);
  if (out.port == 0) out.port = usual_port(scheme);
  return out;
}

HostAndPort host_of_image(std::string_view image) {
  const std::size_t slash = image.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view first = image.substr(0, slash);
  const bool host = first.find_first_of(".:") != std::string_view::npos || first == "localhost";
  if (!host) return {};
  HostAndPort out = host_alone(first);
  if (out.port == 0) out.port = usual_port("https");
  return out;
}

LabHosts::LabHosts(const program::Program& program, const program::Lab& lab) {
  for (const View& endpoint : model::all(program, lab, "endpoint")) {
    const View service = endpoint.top();
    if (service.is("service") && !service.flag("extern")) learn_endpoint(endpoint);
  }
  for (const View& service : model::all(program, lab, "service")) {
    if (service.owner() || service.is("object") || service.flag("extern")) continue;
    if (service.is("workload")) learn_workload(service);
    learn_machine_ports(service);
  }
  if (!at_port_.empty()) learn_machines(program, lab);
}

void LabHosts::learn_endpoint(const View& endpoint) {
  const Answering one{endpoint.top(), endpoint};
  by_name_.emplace(endpoint.text("fqdn"), one);
  for (const auto& [pool, address] : endpoint.entries("address")) {
    if (!address.hollow()) by_name_.emplace(endpoint.text_of(address), one);
  }
  if (!endpoint.has("node-port")) return;
  const View cluster = one.service.ref("cluster");
  if (cluster)
    at_port_.emplace(std::pair(cluster.id(), endpoint.number("node-port")),
                     Answering{one.service, {}});
}

void LabHosts::learn_workload(const View& workload) {
  auto& known = in_namespace_[{workload.ref("cluster").id(), workload.text("namespace")}];
  known.emplace(workload.name(), workload);
  for (const auto& [name, backend] : workload.held("backend")) {
    if (backend.has("service")) known.emplace(backend.text("service"), workload);
  }
}

void LabHosts::learn_machine_ports(const View& service) {
  std::vector<std::int64_t> ports;
  for (const auto& [name, port] : service.held("host-port")) ports.push_back(port.number("port"));
  if (service.flag("host-network")) {
    for (const auto& [name, port] : service.entries("port")) ports.push_back(port.number);
  }
  if (ports.empty()) return;
  std::vector<View> places = service.refs("on");
  if (places.empty() && service.ref("cluster")) places = {service.ref("cluster")};
  for (const View& place : places) {
    for (const std::int64_t port : ports)
      at_port_.emplace(std::pair(place.id(), port), Answering{service, {}});
  }
}

void LabHosts::learn_machines(const program::Program& program, const program::Lab& lab) {
  for (const View& node : model::all(program, lab, "node")) {
    for (std::string& name : names_of(node)) machines_.emplace(std::move(name), node.id());
  }
  for (const View& cluster : model::all(program, lab, "cluster")) {
    for (const View& node : cluster.refs("nodes")) clusters_of_.emplace(node.id(), cluster.id());
  }
}

Answering LabHosts::on_machine(const HostAndPort& host) const {
  const auto [begin, end] = machines_.equal_range(host.host);
  for (auto machine = begin; machine != end; ++machine) {
    const auto own = at_port_.find({machine->second, host.port});
    if (own != at_port_.end()) return own->second;
    const auto [first, last] = clusters_of_.equal_range(machine->second);
    for (auto cluster = first; cluster != last; ++cluster) {
      const auto shared = at_port_.find({cluster->second, host.port});
      if (shared != at_port_.end()) return shared->second;
    }
  }
  return {};
}

InnerName inner_name(const std::string& host) {
  const std::size_t first = host.find('.');
  if (first == std::string::npos) return {};
  const std::size_t second = host.find('.', first + 1);
  if (second == std::string::npos) return {host.substr(0, first), host.substr(first + 1), false};
  const std::string rest = host.substr(second);
  if (rest != ".svc" && !rest.starts_with(".svc.")) return {};
  return {host.substr(0, first), host.substr(first + 1, second - first - 1), true};
}

/// A chart calls its Services as it likes: one that nobody knows is of the service whose name it begins with, or
/// of the only one there, unless it may be a name of the internet.
Answering LabHosts::in_cluster(const std::string& host, const View& cluster) const {
  const auto [name, nspace, whole] = inner_name(host);
  const auto space = in_namespace_.find({cluster.id(), nspace});
  if (space == in_namespace_.end()) return {};
  const auto known = space->second.find(name);
  if (known != space->second.end()) return {known->second, {}};
  View only;
  bool several = false;
  for (const auto& [service, workload] : space->second) {
    if (name.starts_with(service + "-")) return {workload, {}};
    several = several || (only && !(only == workload));
    only = workload;
  }
  return several || !whole ? Answering{} : Answering{only, {}};
}

Answering LabHosts::find(const HostAndPort& host, const View& cluster) const {
  if (host.host.empty()) return {};
  const auto named = by_name_.find(host.host);
  if (named != by_name_.end()) return named->second;
  const Answering there = on_machine(host);
  return there.service ? there : in_cluster(host.host, cluster);
}

}  // namespace hlab::graph
