#include <algorithm>

#include "emit/kubernetes/workload.h"

namespace hlab::emit::kubernetes {
namespace {

constexpr std::string_view kMetricsPort = "metrics";

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

std::vector<ContainerPort> container_ports(const View& container) {
  std::vector<ContainerPort> out;
  std::size_t index = 0;
  for (const auto& [name, value] : container.entries("port")) {
    const bool udp = asked_for(container, name, true);
    const bool tcp = !udp || asked_for(container, name, false);
    const Origin origin = origin_of(container, "port", index++);
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
