#include "emit/core/endpoint_port.h"

#include <algorithm>

namespace hlab::emit {

using model::View;

namespace {

bool has_port(const View& container, std::string_view name) {
  const auto ports = container.entries("port");
  return std::any_of(ports.begin(), ports.end(),
                     [&](const auto& port) { return port.first == name; });
}

std::string only_port(const View& container) {
  const auto ports = container.entries("port");
  return ports.size() == 1 ? std::string(ports.front().first) : std::string();
}

}  // namespace

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

std::int64_t endpoint_port_number(const View& workload, const View& endpoint) {
  const std::string wanted = endpoint_port(workload, endpoint);
  for (const auto& [name, number] : workload.entries("port")) {
    if (name == wanted) return number.number;
  }
  for (const auto& [name, backend] : workload.held("backend")) {
    if (name == endpoint.name()) return backend.number("number");
  }
  return 0;
}

}  // namespace hlab::emit
