#include <fmt/format.h>

#include <algorithm>

#include "emit/core/layout.h"
#include "emit/nixos/nix_file.h"
#include "emit/nixos/nix_secret.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

/// `v1.34.3+k3s1` -> `k3s_1_34`.
std::string package_name(std::string_view version) {
  if (version.starts_with('v')) version.remove_prefix(1);
  const std::size_t first = version.find('.');
  const std::size_t second = version.find('.', first + 1);
  std::string name = "k3s_" + std::string(version.substr(0, second));
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

NixExpr service_of(const View& cluster) {
  NixExpr service = NixExpr::attrs();
  service.set("enable", NixExpr::boolean(true));
  NixExpr package = NixExpr::name({"pkgs", package_name(cluster.text("version"))});
  service.set("package", std::move(package).from(origin_of(cluster, "version")))
      .about(
          "The channel gives the patch release; the minor is that of every node of the cluster.");
  if (cluster.has("token")) service.set("tokenFile", path_of(nix_secret_of(cluster, "token")));
  return service;
}

void order_after_overlay(const NixosPlan& plan, const View& cluster, NixExpr& unit) {
  const View network = cluster.ref("network");
  std::vector<std::string> before{"tailscaled.service"};
  if (network.has("auth-key")) before.emplace_back("tailscaled-autoconnect.service");
  unit.set("after", NixExpr::strings(before))
      .about(fmt::format("The pod network sits on {}: it is lost when tailscaled restarts, until "
                         "K3s restarts.",
                         network.text("interface")));
  unit.set("wants", NixExpr::strings(before));
  unit.set("partOf", NixExpr::strings({"tailscaled.service"}));
  unit.set("restartTriggers",
           NixExpr::list({NixExpr::name(
               {"config", "environment", "etc", "rancher/k3s/config.yaml", "source"})}));
  unit.set("path", NixExpr::list({NixExpr::name({"config", "services", "tailscale", "package"}),
                                  NixExpr::name({"pkgs", "iproute2"})}));
  if (!all_learn_address(plan, cluster)) return;
  for (const NixosMachine& machine : plan.machines) {
    if (!(machine.membership.cluster == cluster)) continue;
    unit.set("preStart", NixExpr::script(wait_script(machine, network)));
    return;
  }
}

NixExpr unit_of(const NixosPlan& plan, const View& cluster) {
  NixExpr unit = NixExpr::attrs();
  if (is_overlay(cluster.ref("network"))) {
    order_after_overlay(plan, cluster, unit);
  } else {
    unit.set("restartTriggers",
             NixExpr::list({NixExpr::name(
                 {"config", "environment", "etc", "rancher/k3s/config.yaml", "source"})}));
  }
  return unit;
}

void add_cluster_module(const EmitInput& input, EmitOutput& output, const NixosPlan& plan,
                        const View& cluster) {
  NixExpr body = NixExpr::attrs();
  body.set({"services", "k3s"}, service_of(cluster));
  if (cluster.has("token")) {
    declare_secret(body, nix_secret_of(cluster, "token"), {"k3s.service"});
  }
  body.set({"networking", "firewall", "trustedInterfaces"},
           NixExpr::strings(cluster.texts("pod-interfaces")))
      .after_gap()
      .about("Pod traffic enters here; what it may reach is up to network policies.");
  set_flat(body, {"systemd", "services", "k3s"}, unit_of(plan, cluster)).after_gap();
  add_nix(input, output, join_path(plan.folder, fmt::format("modules/k3s-{}.nix", cluster.name())),
          NixExpr::function({"config", "pkgs"}, std::move(body)), cluster);
}

}  // namespace

void add_cluster_modules(const EmitInput& input, EmitOutput& output, const NixosPlan& plan) {
  for (const View& cluster : plan.clusters) add_cluster_module(input, output, plan, cluster);
}

bool all_learn_address(const NixosPlan& plan, const View& cluster) {
  return std::all_of(plan.machines.begin(), plan.machines.end(), [&](const NixosMachine& machine) {
    return !(machine.membership.cluster == cluster) ||
           learns_address(machine, cluster.ref("network"));
  });
}

}  // namespace hlab::emit
