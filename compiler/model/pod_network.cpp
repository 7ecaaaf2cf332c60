#include "compiler/model/pod_network.h"

namespace hlab::model {
namespace {

constexpr std::int64_t kVxlan = 8472;
constexpr std::int64_t kWireGuard = 51820;
constexpr std::int64_t kWireGuard6 = 51821;

bool is_family(const View& cluster, std::string_view field, int family) {
  const Value& cidr = cluster.value(field);
  return cidr.is(ValueKind::cidr) && cidr.address->family == family;
}

/// In the words of K3s it may be another network than the lab has words for.
std::string backend_of(const View& cluster) {
  for (const auto& [name, value] : cluster.entries("server-config")) {
    if (name == "flannel-backend") return cluster.text_of(value);
  }
  return cluster.text("flannel-backend");
}

}  // namespace

std::vector<std::int64_t> flannel_ports(const View& cluster) {
  const std::string backend = backend_of(cluster);
  if (backend == "vxlan") return {kVxlan};
  std::vector<std::int64_t> out;
  if (backend != "wireguard-native") return out;
  if (!is_family(cluster, "pod-cidr", 6)) out.push_back(kWireGuard);
  if (is_family(cluster, "pod-cidr", 6) || cluster.has("pod-cidr6")) out.push_back(kWireGuard6);
  return out;
}

}  // namespace hlab::model
