#include "emit/nixos/nix_file.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

void set_cluster_role(const NixosPlan& plan, const NixosMachine& machine, NixExpr& body) {
  if (!machine.in_k3s()) return;
  const Membership& membership = machine.membership;
  const View& cluster = membership.cluster;
  const char* field = membership.server ? "servers" : "agents";
  NixExpr role = NixExpr::string(membership.server ? "server" : "agent");
  NixExpr service = NixExpr::attrs();
  service.set("role", std::move(role).from(origin_of(cluster, field)));
  if (!membership.first) {
    service.set("serverAddr", NixExpr::string(api_url(cluster)));
  } else if (cluster.refs("servers").size() > 1) {
    service.set("clusterInit", NixExpr::boolean(true))
        .about("Several servers keep their state in etcd; one alone would use SQLite.");
  }
  set_flat(body, {"services", "k3s"}, std::move(service)).after_gap();
  NixExpr file = NixExpr::attrs();
  file.set("source", NixExpr::path("./k3s-config.yaml"));
  file.set("mode", NixExpr::string("0600"));
  body.set({"environment", "etc", "rancher/k3s/config.yaml"}, std::move(file));

  const View network = cluster.ref("network");
  std::string before;
  if (is_overlay(network) && !all_learn_address(plan, cluster))
    before = wait_script(machine, network);
  if (membership.first) before += look_for_others_script(machine);
  if (!before.empty()) {
    body.set({"systemd", "services", "k3s", "preStart"}, NixExpr::script(before)).after_gap();
  }
}

}  // namespace hlab::emit
