#include "emit/k3s/k3s_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/model/network_place.h"
#include "compiler/values/scalar_text.h"
#include "emit/k3s/k3s_map.h"

namespace hlab::emit {

using model::View;
using values::ValueKind;

namespace {

constexpr std::int64_t kUsualApiPort = 6443;
constexpr std::int64_t kFirstNodePort = 30000;
constexpr std::int64_t kLastNodePort = 32767;

bool is_server(const View& cluster, const View& node) {
  const std::vector<View> servers = cluster.refs("servers");
  return std::find(servers.begin(), servers.end(), node) != servers.end();
}

/// By what the API of this server may be called; K3s adds node-ip itself.
std::vector<K3sItem> names_of(const View& node) {
  std::map<std::string, Origin> names;
  for (const NodeAddress& address : addresses_of(node)) {
    if (address.known()) names.emplace(node.text_of(address.value), address.value.origin.index);
    const std::string domain = address.network.text("domain");
    if (domain.empty()) continue;
    names.emplace(fmt::format("{}.{}", node.name(), domain), origin_of(address.network, "domain"));
  }
  names.emplace(node.name(), kNoOrigin);
  names.emplace(node.text("fqdn"), origin_of(node, "fqdn"));
  if (node.has("reach")) names.emplace(node.text("reach"), origin_of(node, "reach"));
  std::vector<K3sItem> out;
  out.reserve(names.size());
  for (const auto& [name, origin] : names) out.push_back({name, origin});
  return out;
}

void add_labels(const View& holder, std::string_view field, std::map<std::string, Origin>& labels) {
  for (const auto& [key, value] : holder.entries(field)) {
    labels.emplace(fmt::format("{}={}", key, holder.text_of(value)), value.origin.index);
  }
}

/// Its own labels, and those of the storage that has a disk here.
std::vector<K3sItem> labels_of(const View& node) {
  std::map<std::string, Origin> labels;
  add_labels(node, "labels", labels);
  for (const auto& [name, disk] : node.held("disk")) {
    const View storage = disk.ref("storage");
    if (storage && disk.text("mount") == storage.text("disk-path")) {
      add_labels(storage, "disk-labels", labels);
    }
  }
  std::vector<K3sItem> out;
  out.reserve(labels.size());
  for (const auto& [label, origin] : labels) out.push_back({label, origin});
  return out;
}

std::vector<K3sItem> items_of(const View& holder, std::string_view field) {
  std::vector<K3sItem> out;
  const values::Value& list = holder.value(field);
  if (!list.is(ValueKind::list)) return out;
  for (const values::Value& item : list.list->items) {
    out.push_back({holder.text_of(item), item.origin.index});
  }
  return out;
}

void put_join(K3sMap& map, const View& cluster, const View& node, bool server) {
  const std::vector<View> servers = cluster.refs("servers");
  const bool first = server && servers.front() == node;
  if (!first) map.put("server", api_url(cluster), origin_of(cluster, "servers"));
  if (first && servers.size() > 1) map.put("cluster-init", true, origin_of(cluster, "servers"));
  if (cluster.has("token")) map.put("token-file", kK3sTokenFile, origin_of(cluster, "token"));
}

/// fc00::/7
bool is_unique_local(const values::Value& cidr) {
  return cidr.is(ValueKind::cidr) && cidr.address->family == 6 && cidr.address->high >> 57 == 0x7e;
}

/// K3s takes both families in one text, that of `node-ip` first.
std::string ranges_of(const View& cluster, const std::string& field) {
  const std::string second = cluster.text(field + "6");
  return cluster.text(field) + (second.empty() ? "" : "," + second);
}

/// Nothing where they are those that Kubernetes takes anyway.
void put_node_ports(K3sMap& map, const View& cluster) {
  const View ports = cluster.ref("node-ports");
  const values::Value& range = ports.value("range");
  if (!range.is(ValueKind::int_range)) return;
  if (range.range->first == kFirstNodePort && range.range->last == kLastNodePort) return;
  map.put("service-node-port-range", fmt::format("{}-{}", range.range->first, range.range->last),
          origin_of(ports, "range"));
}

void put_ranges(K3sMap& map, const View& cluster, const View& node) {
  map.put("cluster-cidr", ranges_of(cluster, "pod-cidr"), origin_of(cluster, "pod-cidr"));
  map.put("service-cidr", ranges_of(cluster, "service-cidr"), origin_of(cluster, "service-cidr"));
  // Addresses that no router outside knows: packets leave under the node's own, as in IPv4.
  if (is_unique_local(cluster.value("pod-cidr6")) && cluster.text("flannel-backend") != "none") {
    map.put("flannel-ipv6-masq", true, origin_of(cluster, "pod-cidr6"));
  }
  const std::int64_t port = cluster.number("api-port", kUsualApiPort);
  if (port != kUsualApiPort) map.put("https-listen-port", port, origin_of(cluster, "api-port"));
  put_node_ports(map, cluster);
  map.put_list("tls-san", names_of(node));
}

void put_network(K3sMap& map, const View& cluster, const View& node) {
  const View network = cluster.ref("network");
  const values::Value address = node.at("address", network);
  if (address.is(ValueKind::ip)) {
    std::string addresses = node.text_of(address);
    const values::Value second = node.at("address6", network);
    if (cluster.has("pod-cidr6") && second.is(ValueKind::ip))
      addresses += "," + node.text_of(second);
    map.put("node-ip", addresses, address.origin.index);
  }
  const std::string interface = model::interface_in(node, network);
  const bool flannel = cluster.text("flannel-backend") != "none";
  if (!flannel || interface.empty()) return;
  const bool of_network = !network.text("interface").empty();
  map.put("flannel-iface", interface,
          of_network ? origin_of(network, "interface") : origin_of(node.ref("hardware"), "nic"));
}

void put_parts(K3sMap& map, const View& cluster) {
  const std::string backend = cluster.text("flannel-backend");
  if (backend != "vxlan")
    map.put("flannel-backend", backend, origin_of(cluster, "flannel-backend"));
  // K3s' own controller of network policies counts on flannel.
  if (backend == "none") map.put("disable-network-policy", true, origin_of(cluster, "cni"));
  std::vector<K3sItem> off = items_of(cluster, "disable");
  std::sort(off.begin(), off.end(),
            [](const K3sItem& a, const K3sItem& b) { return a.text < b.text; });
  map.put_list("disable", off);
  map.put("secrets-encryption", cluster.flag("secrets-encryption", true),
          origin_of(cluster, "secrets-encryption"));
}

/// What Kubernetes leaves to the system.
std::vector<K3sItem> reserve_of(const View& node) {
  const View reserve = node.ref("reserve");
  std::string parts;
  if (const std::int64_t cpu = reserve.number("cpu"); cpu > 0) {
    parts = "cpu=" + values::kubernetes_cpu(cpu);
  }
  if (const std::int64_t memory = reserve.number("memory"); memory > 0) {
    parts += (parts.empty() ? "memory=" : ",memory=") + values::kubernetes_bytes(memory);
  }
  if (parts.empty()) return {};
  return {{"system-reserved=" + parts, origin_of(node, "reserve")}};
}

}  // namespace

void put_k3s_config(Doc& doc, const View& cluster, const View& node, K3sJoin join) {
  const bool server = is_server(cluster, node);
  K3sMap map(doc, cluster, server ? "server-config" : "agent-config", server);
  if (join == K3sJoin::inside) put_join(map, cluster, node, server);
  if (server) put_ranges(map, cluster, node);
  put_network(map, cluster, node);
  if (server) put_parts(map, cluster);
  map.put_list("node-label", labels_of(node));
  map.put_list("node-taint", items_of(node, "taints"));
  map.put_list("kubelet-arg", reserve_of(node));
  map.finish();
}

bool node_ip_known(const View& cluster, const View& node) {
  return node.at("address", cluster.ref("network")).is(ValueKind::ip);
}

}  // namespace hlab::emit
