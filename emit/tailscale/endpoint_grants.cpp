// What people reach of the services: the addresses of endpoints, and of what hands requests to them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "emit/core/endpoint_port.h"
#include "emit/tailscale/policy.h"

namespace hlab::emit::tailscale {
namespace {

/// Where people knock: one place, its ports, and who answers behind them.
struct Door {
  std::set<std::string> ip;
  std::set<std::string> names;
};

using Doors = std::map<std::vector<std::string>, Door>;  // by what stands in `dst`

std::vector<std::string> ports_of(const View& endpoint, std::int64_t port) {
  const std::string protocol = endpoint.text("protocol");
  if (protocol == "http") return {"tcp:443", "tcp:80"};
  // An address of its own: what else would answer there?
  const std::string number = port == 0 ? "*" : std::to_string(port);
  std::vector<std::string> out;
  if (protocol != "udp") out.push_back("tcp:" + number);
  if (protocol.ends_with("udp")) out.push_back("udp:" + number);
  return out;
}

void open(Doors& doors, std::vector<std::string> dst, const View& endpoint,
          const std::vector<std::string>& ip) {
  if (dst.empty() || ip.empty()) return;
  Door& door = doors[std::move(dst)];
  door.ip.insert(ip.begin(), ip.end());
  door.names.insert(endpoint.text("fqdn"));
}

/// A name for the address, or the address itself where that name means another one.
std::string alias(Policy& policy, const std::string& name, const std::string& address) {
  const auto [found, fresh] = policy.hosts.try_emplace(name, address);
  return fresh || found->second == address ? name : address;
}

/// The entries of a `Map<&pool, Ip>`: pool and address.
std::vector<std::pair<View, std::string>> addresses_in(const View& holder) {
  std::vector<std::pair<View, std::string>> out;
  const values::Value& addresses = holder.value("address");
  if (!addresses.is(values::ValueKind::map)) return out;
  for (const values::MapItem& item : addresses.map->items) {
    if (!item.key.is_instance || !item.value.is(values::ValueKind::ip)) continue;
    out.emplace_back(View(holder.program(), holder.lab(), values::InstanceId(item.key.id)),
                     holder.text_of(item.value));
  }
  return out;
}

/// The machines of a service that are in the tailnet, by the tags of what they are.
std::vector<std::string> machine_tags(const Tailnet& tailnet, const View& service) {
  std::vector<View> on = service.refs("on");
  if (on.empty() && service.is("workload")) on = service.ref("cluster").refs("nodes");
  std::vector<std::string> out;
  for (const Member& member : tailnet.members) {
    if (std::find(on.begin(), on.end(), member.node) != on.end()) add_once(out, member.tag());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Requests by name go to the ingress controller: to its address, or to the machines themselves.
void open_by_name(const Tailnet& tailnet, const View& endpoint, Policy& policy, Doors& doors) {
  const View ingress = endpoint.ref("ingress");
  if (!ingress) return;
  const std::string wanted = endpoint.text("dns-address");
  for (const auto& [pool, address] : addresses_in(ingress)) {
    if (address != wanted) continue;
    const std::string name = alias(policy, fmt::format("{}-{}", ingress.name(), pool.name()),
                                   address);
    return open(doors, {name}, endpoint, ports_of(endpoint, 0));
  }
  if (!wanted.empty()) return open(doors, {wanted}, endpoint, ports_of(endpoint, 0));
  open(doors, machine_tags(tailnet, ingress), endpoint, ports_of(endpoint, 0));
}

void open_address(const View& service, const View& endpoint, Policy& policy, Doors& doors) {
  const bool private_one = endpoint.text("audience") == "vpn";
  for (const auto& [pool, address] : addresses_in(endpoint)) {
    if (!private_one && pool.text("audience") != "vpn") continue;
    const std::string name = alias(policy, fmt::format("{}-{}", service.name(), pool.name()),
                                   address);
    open(doors, {name}, endpoint, ports_of(endpoint, endpoint_port_number(service, endpoint)));
  }
}

/// A port of every machine of the cluster that leads to it.
void open_node_port(const Tailnet& tailnet, const View& service, const View& endpoint,
                    Doors& doors) {
  const std::vector<View> nodes = service.ref("cluster").refs("nodes");
  std::vector<std::string> dst;
  for (const Member& member : tailnet.members) {
    if (std::find(nodes.begin(), nodes.end(), member.node) != nodes.end())
      add_once(dst, member.tag());
  }
  std::sort(dst.begin(), dst.end());
  const std::string protocol = endpoint.text("protocol");
  std::vector<std::string> ip;
  if (protocol != "udp") ip.push_back("tcp:" + endpoint.text("node-port"));
  if (protocol.ends_with("udp")) ip.push_back("udp:" + endpoint.text("node-port"));
  open(doors, std::move(dst), endpoint, ip);
}

/// A service on machines themselves: the port of the machine that is called like the endpoint.
void open_machine_port(const Tailnet& tailnet, const View& service, const View& endpoint,
                       Doors& doors) {
  const std::string wanted = endpoint.has("port") ? endpoint.text("port")
                                                  : std::string(endpoint.name());
  std::vector<std::string> ip;
  for (const auto& [name, port] : service.held("host-port")) {
    if (name != wanted && name != wanted + "-udp") continue;
    ip.push_back(fmt::format("{}:{}", port.text("protocol"), port.number("port")));
  }
  open(doors, machine_tags(tailnet, service), endpoint, ip);
}

/// Names in lines that fit a screen.
std::string names_in_lines(const std::set<std::string>& names) {
  constexpr std::size_t kWidth = 90;
  std::string out = "For people:";
  std::size_t column = out.size();
  for (const std::string& name : names) {
    const bool fits = column + name.size() < kWidth;
    out += fits ? " " : "\n  ";
    column = (fits ? column : 2) + name.size() + 2;
    out += name;
    out += name == *names.rbegin() ? '.' : ',';
  }
  return out;
}

void add_doors(const Tailnet& tailnet, const Doors& doors, Policy& policy) {
  for (const auto& [dst, door] : doors) {
    policy.grants.push_back(
        {names_in_lines(door.names), {tailnet.everybody}, dst, {door.ip.begin(), door.ip.end()}});
  }
}

}  // namespace

void add_endpoint_grants(const EmitInput& input, const Tailnet& tailnet, Policy& policy) {
  Doors doors;
  for (const View& service : input.all("service")) {
    for (const auto& [name, endpoint] : service.held("expose")) {
      const bool private_one = endpoint.text("audience") == "vpn";
      if (private_one && service.is("workload") && !service.flag("extern") &&
          endpoint.has("node-port"))
        open_node_port(tailnet, service, endpoint, doors);
      if (service.is("host-service")) {
        if (private_one) open_machine_port(tailnet, service, endpoint, doors);
      } else if (endpoint.text("protocol") != "http") {
        open_address(service, endpoint, policy, doors);
      } else if (private_one) {
        open_by_name(tailnet, endpoint, policy, doors);
      }
    }
  }
  add_doors(tailnet, doors, policy);
}

}  // namespace hlab::emit::tailscale
