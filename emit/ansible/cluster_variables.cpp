// Variables of machines that join a private network and a cluster.
#include <fmt/format.h>

#include "compiler/model/network_place.h"
#include "emit/ansible/secret_reference.h"
#include "emit/ansible/variables.h"
#include "emit/core/tailnet.h"
#include "emit/k3s/k3s_config.h"

namespace hlab::emit {

using model::View;

namespace {

/// Where Tailscale's packages for the machine come from.
std::string distribution_of(const View& node) {
  // Debian's own packages for 32-bit ARM need a newer processor.
  if (node.text("arch") == "armv6") return "raspbian";
  return node.ref("os").text("distribution");
}

std::vector<std::string> overlay_settings(const View& node, const View& overlay) {
  // The cluster's servers are found by the names that the private network gives.
  std::vector<std::string> out{"--accept-dns=true"};
  // `tailscale set` leaves alone what it is not told: what left the lab is taken back by saying so.
  out.push_back(
      fmt::format("--advertise-routes={}", fmt::join(node.texts("advertised-routes"), ",")));
  out.push_back(fmt::format("--advertise-exit-node={}", node.flag("exit-node")));
  if (has_routes_to_accept(node, overlay))
    out.push_back(fmt::format("--accept-routes={}", node.flag("accepts-routes")));
  return out;
}

void add_token(const View& cluster, std::string_view group, Variables& out) {
  if (!cluster.has("token")) return;
  out.push_back({"k3s_node_token", group, [cluster](Doc& doc) {
                   put_secret(doc, cluster.ref("token"), origin_of(cluster, "token"));
                 }});
}

}  // namespace

void add_overlay(const EmitInput& input, const AnsibleHost& host, Variables& out) {
  if (host.overlay.has("auth-key")) {
    out.push_back({"tailscale_auth_key", kOverlayGroup, [overlay = host.overlay](Doc& doc) {
                     put_secret(doc, overlay.ref("auth-key"), origin_of(overlay, "auth-key"));
                   }});
  }
  const std::vector<std::string> tags = tailnet_tags(input, host.node);
  if (!tags.empty()) {
    add_list(out, "tailscale_up_arguments", kOverlayGroup,
             {fmt::format("--advertise-tags={}", fmt::join(tags, ","))});
  }
  add_list(out, "tailscale_set_arguments", kOverlayGroup,
           overlay_settings(host.node, host.overlay));
  const std::string distribution = distribution_of(host.node);
  if (distribution != "debian") add_string(out, "tailscale_distribution", "", distribution);
}

void add_k3s(const AnsiblePlan& plan, const AnsibleHost& host, Variables& out) {
  const View& cluster = host.membership.cluster;
  const View& node = host.node;
  const View network = cluster.ref("network");
  const std::string_view group = host.membership.server ? kServerGroup : kAgentGroup;
  add_string(out, "k3s_node_version", group, cluster.text("version"),
             origin_of(cluster, "version"));
  if (plan.several_clusters)
    add_string(out, "k3s_node_cluster", group, std::string(cluster.name()));
  add_token(cluster, group, out);
  if (!node_ip_known(cluster, node)) add_flag(out, "k3s_node_learn_address", group, true);
  const std::string interface = model::interface_in(node, network);
  if (!interface.empty()) {
    add_string(out, "k3s_node_interface", group, interface, origin_of(network, "interface"));
  }
  if (is_overlay(network)) add_flag(out, "k3s_node_after_tailscale", group, true);
  add_string(out, "k3s_node_architecture", "", node.text("arch"), origin_of(node, "arch"));
  if (host.membership.first)
    add_list(out, "k3s_server_others", "", other_servers(cluster, node),
             origin_of(cluster, "servers"));
  out.push_back({"k3s_node_config", "", [cluster, node](Doc& doc) {
                   put_k3s_config(doc, cluster, node, K3sJoin::inside);
                 }});
}

}  // namespace hlab::emit
