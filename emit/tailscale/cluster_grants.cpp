// What machines are to each other, and what their administrators need of them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/model/pod_network.h"
#include "compiler/placement/port_claims.h"
#include "emit/tailscale/policy.h"

namespace hlab::emit::tailscale {
namespace {

/// The machines of one cluster that are in the tailnet, by the tags of what they are.
struct ClusterTags {
  View cluster;
  std::vector<std::string> servers;
  std::vector<std::string> all;
};

std::vector<ClusterTags> clusters_of(const EmitInput& input, const Tailnet& tailnet) {
  std::vector<ClusterTags> out;
  for (const View& cluster : input.all("cluster")) {
    ClusterTags tags{cluster, {}, {}};
    for (const Member& member : tailnet.members) {
      if (!(member.membership.cluster == cluster)) continue;
      if (member.membership.server) add_once(tags.servers, member.tag());
      add_once(tags.all, member.tag());
    }
    std::sort(tags.all.begin(), tags.all.end());
    if (!tags.all.empty()) out.push_back(std::move(tags));
  }
  return out;
}

std::string port_of(bool udp, std::int64_t port) {
  return fmt::format("{}:{}", udp ? "udp" : "tcp", port);
}

void add_pod_network(const ClusterTags& tags, Policy& policy) {
  std::vector<std::string> ports{"tcp:10250"};
  for (const std::int64_t port : model::flannel_ports(tags.cluster))
    ports.push_back(port_of(true, port));
  policy.grants.push_back(
      {fmt::format("{}: its machines ask each other's kubelet, and carry the packets of pods.",
                   tags.cluster.path()),
       tags.all, tags.all, std::move(ports)});
}

void add_control_plane(const ClusterTags& tags, Policy& policy) {
  if (tags.servers.empty()) return;
  policy.grants.push_back({fmt::format("{}: all of its machines ask the API.", tags.cluster.path()),
                           tags.all,
                           tags.servers,
                           {port_of(false, tags.cluster.number("api-port", 6443))}});
  if (tags.cluster.refs("servers").size() < 2 || placement::keeps_state_elsewhere(tags.cluster))
    return;
  policy.grants.push_back({fmt::format("{}: servers copy the database.", tags.cluster.path()),
                           tags.servers,
                           tags.servers,
                           {"tcp:2379-2380"}});
}

/// Ports that services take on the machines themselves, for the cluster.
void add_claims(const EmitInput& input, const Tailnet& tailnet, const ClusterTags& tags,
                Policy& policy) {
  std::map<std::pair<std::string, std::string>, Grant> by_service;
  for (const Member& member : tailnet.members) {
    if (!(member.membership.cluster == tags.cluster)) continue;
    for (const PortClaim& claim : port_claims(input, member.node)) {
      if (claim.whole_house) continue;
      Grant& grant = by_service[{claim.service.path(), claim.purpose}];
      grant.why = fmt::format("{}: {}.", claim.service.path(), claim.purpose);
      grant.src = tags.all;
      add_once(grant.dst, member.tag());
      add_once(grant.ip, port_of(claim.udp, claim.port));
    }
  }
  for (auto& [key, grant] : by_service) {
    std::sort(grant.dst.begin(), grant.dst.end());
    policy.grants.push_back(std::move(grant));
  }
}

void add_admin_grants(const Tailnet& tailnet, const std::vector<ClusterTags>& clusters,
                      Policy& policy) {
  const std::vector<std::string> machines = role_tags(tailnet);
  if (machines.empty()) return;
  policy.grants.push_back(
      {"Administrators log in to the machines, and may see whether they answer.",
       {tailnet.admins},
       machines,
       {"tcp:22", "icmp:*"}});
  for (const ClusterTags& tags : clusters) {
    if (tags.servers.empty()) continue;
    policy.grants.push_back({fmt::format("{}: kubectl of administrators.", tags.cluster.path()),
                             {tailnet.admins},
                             tags.servers,
                             {port_of(false, tags.cluster.number("api-port", 6443))}});
  }
}

}  // namespace

void add_cluster_grants(const EmitInput& input, const Tailnet& tailnet, Policy& policy) {
  const std::vector<ClusterTags> clusters = clusters_of(input, tailnet);
  for (const ClusterTags& tags : clusters) {
    if (!(tags.cluster.ref("network") == tailnet.network)) continue;
    add_control_plane(tags, policy);
    add_pod_network(tags, policy);
    add_claims(input, tailnet, tags, policy);
  }
  add_admin_grants(tailnet, clusters, policy);
}

}  // namespace hlab::emit::tailscale
