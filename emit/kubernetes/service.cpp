// Services: one for the cluster; one more for what has an address of its own, where it is not the
// same ports.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "emit/kubernetes/object_file.h"

namespace hlab::emit::kubernetes {
namespace {

/// An address that an endpoint wants of a load balancer.
struct Asked {
  View pool;
  View balancer;
  std::string address;
  std::uint8_t family = 4;
  friend bool operator==(const Asked& a, const Asked& b) {
    return a.balancer == b.balancer && a.address == b.address;
  }
};

/// What one address answers for.
struct Door {
  std::string name;         // behind that of the service: the first endpoint's, or made of it
  bool is_endpoint = true;  // and of nothing else
  std::optional<Asked> asked;
  Texts annotations;
  Texts selector;
  std::vector<ContainerPort> ports;
  std::int64_t node_port = 0;  // at every node, instead of an address
  Origin node_port_origin = kNoOrigin;
};

std::vector<Asked> asked_by(const View& endpoint) {
  std::vector<Asked> out;
  const Value& addresses = endpoint.value("address");
  if (!addresses.is(ValueKind::map)) return out;
  for (const values::MapItem& item : addresses.map->items) {
    if (!item.key.is_instance || !item.value.is(ValueKind::ip)) continue;
    const View pool(endpoint.program(), endpoint.lab(), values::InstanceId(item.key.id));
    const View balancer = pool.ref("by");
    if (balancer)
      out.push_back({pool, balancer, endpoint.text_of(item.value), item.value.address->family});
  }
  return out;
}

/// How the load balancer of the pool is asked for the address.
Texts annotations_for(const Workload& workload, const View& endpoint, const Asked& asked) {
  Texts out{{asked.balancer.text("address-annotation"), asked.address}};
  let_go_on(out, workload, asked.balancer);
  for (const auto& [key, value] : endpoint.entries("annotations"))
    out[std::string(key)] = endpoint.text_of(value);
  return out;
}

void add_port(Door& door, const ContainerPort& port) {
  const bool there = std::any_of(door.ports.begin(), door.ports.end(),
                                 [&](const ContainerPort& p) { return p.name == port.name; });
  if (!there) door.ports.push_back(port);
}

void add_ports(Door& door, const Workload& workload, const View& endpoint) {
  const std::string wanted = endpoint_port(workload.view, endpoint);
  for (const ContainerPort& port : container_ports(workload.view)) {
    if (!speaks(endpoint, port.udp)) continue;
    if (port.name == wanted || port.name == wanted + "-udp") add_port(door, port);
  }
}

/// The port of pods that hlab does not make; none where their backend says nothing of them.
void add_backend_ports(Door& door, const View& endpoint, const View& backend) {
  if (!backend || !backend.has("number")) return;
  const Origin origin = origin_of(backend, "number");
  const std::int64_t number = backend.number("number");
  const std::string name = backend.text("port");
  const bool tcp = speaks(endpoint, false);
  if (tcp) add_port(door, {name, number, false, origin});
  if (speaks(endpoint, true)) add_port(door, {name + (tcp ? "-udp" : ""), number, true, origin});
}

View backend_of(const Workload& workload, const View& endpoint) {
  for (const auto& [name, backend] : workload.view.held("backend")) {
    if (name == endpoint.name()) return backend;
  }
  return {};
}

Texts selector_of(const Workload& workload, const View& backend) {
  if (workload.view.is("container")) return {{"app.kubernetes.io/name", workload.name}};
  Texts out;
  if (!backend) return out;
  for (const auto& [label, value] : backend.entries("selector")) {
    out[std::string(label)] = backend.text_of(value);
  }
  return out;
}

/// The one with the same answer at the same address, or a new one.
Door& door_at(std::vector<Door>& doors, Door wanted) {
  for (Door& door : doors) {
    if (door.annotations == wanted.annotations && door.selector == wanted.selector) return door;
  }
  return doors.emplace_back(std::move(wanted));
}

/// A Service can have one address of each family at most, so each has a Service of its own.
std::vector<Door> doors_of(const Workload& workload) {
  std::vector<Door> out;
  for (const auto& [name, endpoint] : workload.view.held("expose")) {
    if (endpoint.text("protocol") == "http") continue;
    const View backend = backend_of(workload, endpoint);
    const Texts selector = selector_of(workload, backend);
    if (selector.empty()) continue;
    const std::vector<Asked> all = asked_by(endpoint);
    for (const Asked& asked : all) {
      const bool first = &asked == all.data();
      std::string called(name);
      if (!first) called += fmt::format("-{}", asked.pool.name());
      Door& door = door_at(out, {std::move(called),
                                 first,
                                 asked,
                                 annotations_for(workload, endpoint, asked),
                                 selector,
                                 {}});
      if (workload.view.is("container")) {
        add_ports(door, workload, endpoint);
      } else {
        add_backend_ports(door, endpoint, backend);
      }
    }
  }
  return out;
}

/// Services that say different things beside one address tell their load balancer that they share it.
void let_share(const Workload& workload, std::vector<Door>& doors) {
  for (Door& door : doors) {
    const bool shared = std::any_of(doors.begin(), doors.end(), [&](const Door& other) {
      return &other != &door && other.asked == door.asked;
    });
    const std::string annotation = door.asked->balancer.text("sharing-annotation");
    if (shared && !annotation.empty())
      door.annotations.try_emplace(annotation, workload.nspace + "." + workload.name);
  }
}

/// An endpoint with a port at every node: a Service of its own.
std::vector<Door> node_doors_of(const Workload& workload) {
  std::vector<Door> out;
  for (const auto& [name, endpoint] : workload.view.held("expose")) {
    if (!endpoint.has("node-port")) continue;
    const View backend = backend_of(workload, endpoint);
    Door door{std::string(name) + "-node", false, {}, {}, selector_of(workload, backend), {}};
    if (door.selector.empty()) continue;
    door.node_port = endpoint.number("node-port");
    door.node_port_origin = origin_of(endpoint, "node-port");
    if (workload.view.is("container")) {
      add_ports(door, workload, endpoint);
    } else {
      add_backend_ports(door, endpoint, backend);
    }
    out.push_back(std::move(door));
  }
  return out;
}

/// What a door is called after more than its endpoint may be the name of another endpoint, or of another door.
void part_names(const Workload& workload, std::vector<Door>& node_doors, std::vector<Door>& doors) {
  std::set<std::string> taken;
  for (const auto& [name, endpoint] : workload.view.held("expose")) taken.emplace(name);
  for (std::vector<Door>* some : {&node_doors, &doors}) {
    for (Door& door : *some) {
      if (door.is_endpoint) continue;
      const std::string wanted = door.name;
      for (int n = 2; !taken.insert(door.name).second; ++n)
        door.name = fmt::format("{}-{}", wanted, n);
    }
  }
}

/// Containers of ours know their ports by name; of others the number is known.
void put_ports(Doc& doc, const Workload& workload, const std::vector<ContainerPort>& ports,
               const Door* door) {
  doc.key("ports");
  doc.open_seq();
  for (const ContainerPort& port : ports) {
    doc.open_map(port.origin);
    doc.entry("name", port.name);
    doc.entry("port", port.number, port.origin);
    if (workload.view.is("container")) {
      doc.entry("targetPort", port.name);
    } else {
      doc.entry("targetPort", port.number, port.origin);
    }
    if (door != nullptr && door->node_port != 0) {
      doc.entry("nodePort", door->node_port, door->node_port_origin);
    }
    doc.entry("protocol", port.udp ? "UDP" : "TCP");
    doc.close();
  }
  doc.close();
}

/// Without them a Service is of the family that its cluster has first.
void put_family(Doc& doc, const Workload& workload, std::uint8_t family) {
  const Value& first = workload.view.ref("cluster").value("service-cidr");
  if (!first.is(ValueKind::cidr) || first.address->family == family) return;
  doc.entry("ipFamilyPolicy", "SingleStack");
  doc.key("ipFamilies");
  doc.open_seq();
  doc.value(family == 6 ? "IPv6" : "IPv4");
  doc.close();
}

void emit_service(const Workload& workload, const std::string& name,
                  const std::vector<ContainerPort>& ports, const Door* door) {
  const ObjectHead head{"v1", "Service", name, door == nullptr ? Texts{} : door->annotations, {}};
  Doc doc;
  open_object(doc, workload, head);
  doc.key("spec");
  doc.open_map();
  if (door != nullptr && door->node_port != 0) {
    doc.entry("type", "NodePort");
  } else if (door != nullptr) {
    doc.entry("type", "LoadBalancer");
    // The address is the way in; a port on every node would be a second one.
    doc.entry("allocateLoadBalancerNodePorts", false);
    if (door->asked) put_family(doc, workload, door->asked->family);
  }
  put_texts(doc, "selector", door != nullptr ? door->selector : selector_of(workload, {}),
            origin_of_name(workload.service));
  put_ports(doc, workload, ports, door);
  doc.close();
  add_object(doc, workload, head, workload.view);
}

void emit_doors(const Workload& workload, const std::vector<Door>& doors) {
  for (const Door& door : doors) {
    if (door.ports.empty()) continue;
    emit_service(workload, workload.name + "-" + door.name, door.ports, &door);
  }
}

}  // namespace

void emit_services(const Workload& workload) {
  std::vector<Door> node_doors = node_doors_of(workload);
  std::vector<Door> doors = doors_of(workload);
  part_names(workload, node_doors, doors);
  emit_doors(workload, node_doors);
  let_share(workload, doors);
  if (!workload.view.is("container")) return emit_doors(workload, doors);
  const std::vector<ContainerPort> ports = service_ports(workload.view);
  if (ports.empty()) return;
  if (doors.size() == 1 && doors.front().ports.size() == ports.size()) {
    emit_service(workload, workload.name, ports, doors.data());
    return;
  }
  emit_service(workload, workload.name, ports, nullptr);
  emit_doors(workload, doors);
}

}  // namespace hlab::emit::kubernetes
