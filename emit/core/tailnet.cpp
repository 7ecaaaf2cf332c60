#include "emit/core/tailnet.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::emit {

using model::View;

View overlay_of(const View& node) {
  for (const NodeAddress& address : addresses_of(node)) {
    if (is_overlay(address.network)) return address.network;
  }
  return {};
}

bool has_access_policy(const View& overlay) { return overlay && overlay.flag("access-policy"); }

namespace {

// Names of clusters may begin with a digit, tags may not; and no cluster can be called so that its
// tags are those of other machines.
std::string tag_of(const View& cluster, std::string_view role) {
  return fmt::format("tag:{}-{}-{}", cluster.is("k3s") ? "k3s" : "cluster", cluster.name(), role);
}

}  // namespace

std::string server_tag(const View& cluster) { return tag_of(cluster, "server"); }

bool has_routes_to_accept(const View& node, const View& overlay) {
  const std::vector<std::string> own = node.texts("advertised-routes");
  const std::vector<std::string> routed = overlay.texts("routed");
  return node.flag("accepts-routes") ||
         std::any_of(routed.begin(), routed.end(), [&](const std::string& route) {
           return std::find(own.begin(), own.end(), route) == own.end();
         });
}

std::string agent_tag(const View& cluster) { return tag_of(cluster, "agent"); }

std::vector<std::string> tailnet_tags(const EmitInput& input, const View& node) {
  if (!has_access_policy(overlay_of(node))) return {};
  const Membership membership = membership_of(input, node);
  std::vector<std::string> out;
  if (!membership.cluster) {
    out.emplace_back(kMachineTag);
  } else {
    out.push_back(membership.server ? server_tag(membership.cluster)
                                    : agent_tag(membership.cluster));
  }
  if (!node.texts("advertised-routes").empty()) out.emplace_back(kRouterTag);
  if (node.flag("exit-node")) out.emplace_back(kExitTag);
  return out;
}

}  // namespace hlab::emit
