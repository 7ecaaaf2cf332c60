#include "compiler/placement/port_claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "compiler/model/pod_network.h"

namespace hlab::placement {

using model::View;

namespace {

constexpr HostPort kNames{53, false};
constexpr HostPort kNamesUdp{53, true};
constexpr HostPort kLogin{22, false};

class Claims {
 public:
  Claims(const program::Program& program, const program::Lab& lab) : program_(program), lab_(lab) {}

  std::vector<PortClaim> take() && {
    for (const View& node : model::all(program_, lab_, "node")) system_of(node);
    for (const View& cluster : model::all(program_, lab_, "k3s")) k3s(cluster);
    for (const View& controller : model::all(program_, lab_, "ingress-controller"))
      lent_machines(controller);
    for (const View& endpoint : model::all(program_, lab_, "endpoint")) node_port(endpoint);
    for (const View& service : model::all(program_, lab_, "service")) {
      if (!service.flag("extern")) service_on_its_nodes(service);
    }
    return std::move(claims_);
  }

 private:
  void system_of(const View& node) {
    const View os = node.ref("os");
    claims_.push_back(
        {node, {}, kLogin, node, "sshd of its system", node.set_at("os"), true, false});
    if (!os.flag("resolver-stub")) return;
    for (const HostPort port : {kNames, kNamesUdp}) {
      claims_.push_back(
          {node, {}, port, node, "systemd-resolved of its system", node.set_at("os"), true, false});
    }
  }

  void k3s(const View& cluster) {
    const std::vector<View> servers = cluster.refs("servers");
    const Span at = cluster.set_at("servers");
    for (const View& node : servers) {
      claim_for(cluster, node, {cluster.number("api-port", 6443), false}, "its API", at);
      if (servers.size() < 2 || keeps_state_elsewhere(cluster)) continue;
      for (const std::int64_t port : {2379, 2380})
        claim_for(cluster, node, {port, false}, "etcd", at);
    }
    const Span own = cluster.declared_at();
    claim_everywhere(cluster, {10250, false}, "the kubelet", own);
    for (const std::int64_t port : model::flannel_ports(cluster)) {
      claim_everywhere(cluster, {port, true}, "flannel", own);
    }
    const values::Value& ingress = cluster.value("packaged-ingress-ports");
    if (!ingress.is(values::ValueKind::list)) return;
    for (const values::Value& port : ingress.list->items) {
      claim_everywhere(cluster, {port.number, false}, "the ingress that K3s brings, by ServiceLB",
                       own);
    }
  }

  void claim_everywhere(const View& cluster, HostPort port, std::string_view part, Span at) {
    claim_for(cluster, {}, port, part, at);
    claims_.back().cluster = cluster;
  }

  /// The cluster gives Services of the kind LoadBalancer the addresses of its machines: the controller has its ports
  /// on each of them.
  void lent_machines(const View& controller) {
    const View cluster = controller.ref("cluster");
    const values::Value& ports = controller.value("machine-ports");
    if (controller.flag("extern") || !answers_on_machines(controller)) return;
    if (!ports.is(values::ValueKind::list)) return;
    for (const values::Value& port : ports.list->items) {
      claims_.push_back(
          {View(),
           cluster,
           {port.number, false},
           controller,
           fmt::format("`{}` (by ServiceLB of `{}`)", controller.path(), cluster.name()),
           controller.declared_at(),
           false,
           false});
    }
  }

  void claim_for(const View& cluster, const View& node, HostPort port, std::string_view part,
                 Span at) {
    claims_.push_back({node,
                       {},
                       port,
                       cluster,
                       fmt::format("`{}` ({})", cluster.path(), part),
                       at,
                       false,
                       false});
  }

  /// Kubernetes answers on it at every node of the cluster, wherever the pods are.
  void node_port(const View& endpoint) {
    const View service = endpoint.top();
    if (!endpoint.has("node-port") || service.flag("extern")) return;
    const View cluster = service.ref("cluster");
    if (!cluster) return;
    const std::string protocol = endpoint.text("protocol");
    const std::string what = fmt::format("`{}` (node port)", endpoint.path());
    for (const bool udp : {false, true}) {
      if (udp ? !protocol.ends_with("udp") : protocol == "udp") continue;
      const HostPort port{endpoint.number("node-port"), udp};
      claims_.push_back(
          {{}, cluster, port, endpoint, what, endpoint.set_at("node-port"), false, false});
    }
  }

  void service_on_its_nodes(const View& service) {
    const std::vector<AskedPort> asked = asked_ports(service);
    if (asked.empty() || is_free_to_move(service)) return;
    const std::string what = fmt::format("`{}`", service.path());
    for (const View& node : places_of(service)) {
      for (const AskedPort& one : asked)
        claims_.push_back({node, {}, one.port, service, what, one.at, false, one.takes_over});
    }
  }

  const program::Program& program_;
  const program::Lab& lab_;
  std::vector<PortClaim> claims_;
};

}  // namespace

namespace {

/// Whether an endpoint of the service speaks that protocol at the port.
bool speaks(const View& service, std::int64_t number, bool udp) {
  for (const auto& [name, endpoint] : service.held("expose")) {
    const std::string protocol = endpoint.text("protocol");
    const bool does = udp ? protocol.ends_with("udp") : protocol != "udp";
    if (does && endpoint.number("number") == number) return true;
  }
  return false;
}

}  // namespace

std::vector<AskedPort> asked_ports(const View& service) {
  std::vector<AskedPort> out;
  const auto add = [&](AskedPort asked) {
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const AskedPort& one) { return one.port == asked.port; });
    if (!known) out.push_back(asked);
  };
  for (const auto& [name, port] : service.held("host-port")) {
    const bool udp = port.text("protocol") == "udp";
    add({{port.number("port"), udp}, port.declared_at(), port.flag("takes-over")});
  }
  if (service.flag("host-network")) {
    for (const auto& [name, port] : service.entries("port")) {
      const bool udp = speaks(service, port.number, true);
      if (!udp || speaks(service, port.number, false))
        add({{port.number, false}, service.set_at("port"), false});
      if (udp) add({{port.number, true}, service.set_at("port"), false});
    }
  }
  return out;
}

bool answers_on_machines(const View& controller) {
  const View cluster = controller.ref("cluster");
  if (!cluster || !cluster.is("k3s")) return false;
  const std::vector<std::string> off = cluster.texts("disable");
  if (std::find(off.begin(), off.end(), "servicelb") != off.end()) return false;
  const values::Value& addresses = controller.value("address");
  if (!addresses.is(values::ValueKind::map)) return true;
  return std::none_of(
      addresses.map->items.begin(), addresses.map->items.end(), [&](const values::MapItem& item) {
        if (!item.key.is_instance || !item.value.is(values::ValueKind::ip)) return false;
        const View pool(controller.program(), controller.lab(), values::InstanceId(item.key.id));
        return controller.flag("extern") || pool.ref("by");
      });
}

bool keeps_state_elsewhere(const View& cluster) {
  const auto further = cluster.entries("server-config");
  return std::any_of(further.begin(), further.end(),
                     [](const auto& entry) { return entry.first == "datastore-endpoint"; });
}

std::vector<View> places_of(const View& service) {
  std::vector<View> on = service.refs("on");
  if (!on.empty()) return on;
  const View cluster = service.ref("cluster");
  return cluster ? cluster.refs("nodes") : std::vector<View>();
}

bool is_free_to_move(const View& service) {
  return service.is("container") && places_of(service).size() > 1;
}

std::vector<PortClaim> port_claims(const program::Program& program, const program::Lab& lab) {
  return Claims(program, lab).take();
}

std::vector<PortClaim> claims_by_node(const std::vector<PortClaim>& claims,
                                      const std::set<HostPort>& wanted) {
  std::vector<PortClaim> out;
  for (const PortClaim& claim : claims) {
    if (!wanted.contains(claim.port)) continue;
    if (claim.node) {
      out.push_back(claim);
      continue;
    }
    for (const View& node : claim.cluster.refs("nodes")) {
      out.push_back(claim);
      out.back().node = node;
    }
  }
  return out;
}

}  // namespace hlab::placement
