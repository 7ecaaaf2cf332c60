#include <algorithm>

#include "emit/kubernetes/workload.h"

namespace hlab::emit::kubernetes {
namespace {

constexpr std::string_view kMetricsPort = "metrics";

bool has_port(const View& container, std::string_view name) {
  const auto ports = container.entries("port");
  return std::any_of(ports.begin(), ports.end(),
                     [&](const auto& port) { return port.first == name; });
}

std::string only_port(const View& container) {
  const auto ports = container.entries("port");
  return ports.size() == 1 ? std::string(ports.front().first) : std::string();
}

bool asked_for(const View& container, std::string_view port, bool udp) {
  for (const auto& [name, endpoint] : container.held("expose")) {
    if (speaks(endpoint, udp) && endpoint_port(container, endpoint) == port) return true;
  }
  return false;
}

}  // namespace

bool speaks(const View& endpoint, bool udp) {
  const std::string protocol = endpoint.text("protocol");
  return udp ? protocol.ends_with("udp") : protocol != "udp";
}

std::string endpoint_port(const View& workload, const View& endpoint) {
  if (endpoint.has("port")) return endpoint.text("port");
  for (const auto& [name, backend] : workload.held("backend")) {
    if (name == endpoint.name()) return backend.text("port");
  }
  if (has_port(workload, endpoint.name())) return std::string(endpoint.name());
  // Ports of a chart are not known here; `http` is what most of them have.
  const bool known = workload.has_field("port");
  return !known || has_port(workload, "http") ? "http" : only_port(workload);
}

std::vector<ContainerPort> container_ports(const View& container) {
  std::vector<ContainerPort> out;
  for (const auto& [name, value] : container.entries("port")) {
    const bool udp = asked_for(container, name, true);
    const bool tcp = !udp || asked_for(container, name, false);
    const Origin origin = value.origin.index;
    if (tcp) out.push_back({std::string(name), value.number, false, origin});
    // Names of ports are unique in a pod, protocols or not.
    if (udp) out.push_back({std::string(name) + (tcp ? "-udp" : ""), value.number, true, origin});
  }
  return out;
}

std::vector<ContainerPort> service_ports(const View& container) {
  std::vector<ContainerPort> out = container_ports(container);
  if (asked_for(container, kMetricsPort, false)) return out;
  std::erase_if(out, [](const ContainerPort& port) { return port.name == kMetricsPort; });
  return out;
}

}  // namespace hlab::emit::kubernetes
