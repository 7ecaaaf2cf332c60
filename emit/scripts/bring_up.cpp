#include "emit/scripts/bring_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "emit/core/host_services.h"
#include "emit/core/secret_use.h"

namespace hlab::emit {

using model::View;

namespace {

bool holds(const std::vector<View>& views, const View& view) {
  return std::find(views.begin(), views.end(), view) != views.end();
}

void add_once(std::vector<View>& views, const View& view) {
  if (!holds(views, view)) views.push_back(view);
}

void sort_machines(const EmitInput& input, BringUp& plan) {
  for (const View& cluster : plan.clusters) {
    const std::vector<View> servers = cluster.refs("servers");
    const bool on_nixos = !servers.empty() && runs_nixos(servers.front());
    plan.ansible_first = plan.ansible_first || (!servers.empty() && !on_nixos);
    for (const View& node : cluster.refs("nodes")) {
      if (!runs_nixos(node)) add_once(plan.ansible, node);
    }
    for (const View& server : servers) {
      if (on_nixos && runs_nixos(server)) add_once(plan.first_nixos, server);
    }
  }
  for (const View& node : sorted_by_name(input.all("node"))) {
    if (!runs_nixos(node)) {
      add_once(plan.ansible, node);
    } else if (!holds(plan.first_nixos, node)) {
      plan.other_nixos.push_back(node);
    }
  }
}

/// Whether the cluster, or what gives its pods a network, starts after one of the services.
bool waits_for_any(const EmitInput& input, const View& cluster, const std::vector<View>& services) {
  std::vector<InstanceId> open{cluster.id()};
  if (const View cni = cluster.ref("cni")) open.push_back(cni.id());
  std::set<InstanceId> seen;
  while (!open.empty()) {
    const InstanceId at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    if (holds(services, View(input.program, input.lab, at))) return true;
    for (const graph::Edge* edge : input.graph.needs_of(at)) {
      if (graph::holds_back(*edge)) open.push_back(edge->to);
    }
  }
  return false;
}

/// Machines of Ansible with services that clusters wait for, where one of these clusters starts on NixOS, and so before
/// the others: all of these services at once, for they may wait for each other.
void find_first_ansible(const EmitInput& input, BringUp& plan) {
  std::vector<View> first;
  for (const auto& stage : host_services(input).first)
    first.insert(first.end(), stage.begin(), stage.end());
  const bool wanted = std::any_of(
      plan.clusters.begin(), plan.clusters.end(), [&](const View& cluster) {
        return runs_nixos(cluster.refs("servers").front()) && waits_for_any(input, cluster, first);
      });
  if (!wanted) return;
  for (const View& service : first) {
    for (const View& node : service.refs("on")) {
      if (!runs_nixos(node)) add_once(plan.first_ansible, node);
    }
  }
  plan.first_ansible = sorted_by_name(std::move(plan.first_ansible));
}

/// Whether what gives pods of the cluster a network starts after something in another one, such as the registry of its image.
bool waits_for_other(const EmitInput& input, const View& cluster, const View& cni) {
  std::vector<InstanceId> open{cni.id()};
  std::set<InstanceId> seen;
  while (!open.empty()) {
    const View at(input.program, input.lab, open.back());
    open.pop_back();
    if (!seen.insert(at.id()).second) continue;
    if (at.is("workload") && !at.flag("extern") && !(at.ref("cluster") == cluster)) return true;
    for (const graph::Edge* edge : input.graph.needs_of(at.id())) {
      if (graph::holds_back(*edge)) open.push_back(edge->to);
    }
  }
  return false;
}

/// Nodes are not ready before these run.
void split_networks(const EmitInput& input, BringUp& plan) {
  std::set<InstanceId> first;
  std::vector<InstanceId> open;
  for (const View& cluster : plan.clusters) {
    const View cni = cluster.ref("cni");
    if (!cni) continue;
    if (waits_for_other(input, cluster, cni)) {
      plan.late_networks.push_back(cluster);
    } else {
      open.push_back(cni.id());
    }
  }
  while (!open.empty()) {
    const InstanceId at = open.back();
    open.pop_back();
    if (!first.insert(at).second) continue;
    for (const graph::Edge* edge : input.graph.needs_of(at)) {
      if (graph::holds_back(*edge) && edge->cause != graph::EdgeCause::fetch)
        open.push_back(edge->to);
    }
  }
  std::vector<graph::FirstStart> later;
  for (const graph::FirstStart& one : plan.starts) {
    const bool early = first.contains(one.what.id());
    if (early) plan.networks.push_back(one);
    // Without an engine nobody else brings what lies beside it.
    if (!early || one.handover == graph::kNoHandover) later.push_back(one);
  }
  plan.starts = std::move(later);
}

void find_secrets(const EmitInput& input, BringUp& plan) {
  for (const SecretUse& use : secret_uses(input)) {
    plan.nixos_secrets = plan.nixos_secrets || use.target == SecretTarget::nixos;
    plan.ansible_secrets = plan.ansible_secrets || use.target == SecretTarget::ansible;
    if (use.target == SecretTarget::kubernetes && !operator_of(use)) {
      add_once(plan.opened_by_flux, use.user.ref("cluster"));
    }
  }
  for (const View& store : input.all("sops")) {
    const std::vector<std::string> recipients = store.texts("recipients");
    if (plan.recipient.empty() && !recipients.empty()) plan.recipient = recipients.front();
  }
}

}  // namespace

std::vector<View> BringUp::nixos() const {
  std::vector<View> out = first_nixos;
  out.insert(out.end(), other_nixos.begin(), other_nixos.end());
  return sorted_by_name(std::move(out));
}

bool BringUp::needs_age_key() const {
  return !recipient.empty() && (nixos_secrets || ansible_secrets || cluster_opens());
}

bool BringUp::cluster_opens() const {
  return !operators.empty() ||
         std::any_of(handovers.begin(), handovers.end(), [this](const graph::Handover& handover) {
           return !handover.engine && gives_flux_key(handover.gitops);
         });
}

std::string BringUp::security_of(const View& service) const {
  return security.at({service.ref("cluster").id(), service.text("namespace")});
}

bool BringUp::has_late_network(const View& cluster) const { return holds(late_networks, cluster); }

bool BringUp::gives_flux_key(const View& gitops) const {
  return !recipient.empty() && holds(opened_by_flux, gitops.ref("cluster"));
}

BringUp plan_bring_up(const EmitInput& input) {
  BringUp plan;
  plan.lab = input.all("lab").front();
  plan.layout = layout_of(input);
  for (const View& cluster : sorted_by_name(input.all("k3s"))) {
    if (!cluster.refs("servers").empty()) plan.clusters.push_back(cluster);
  }
  for (const View& workload : input.all("workload")) {
    const View cluster = workload.ref("cluster");
    if (cluster && !cluster.is("k3s")) add_once(plan.ready_made, cluster);
  }
  plan.ready_made = sorted_by_name(std::move(plan.ready_made));
  sort_machines(input, plan);
  find_first_ansible(input, plan);
  find_secrets(input, plan);
  plan.security = namespace_levels(input);
  for (const View& secret_operator : sorted_by_name(input.all("secret-operator"))) {
    if (secret_operator.ref("cluster")) plan.operators.push_back(secret_operator);
  }
  graph::FirstStarts starts = graph::first_starts(input.program, input.lab, input.graph);
  plan.handovers = std::move(starts.handovers);
  plan.starts = std::move(starts.order);
  split_networks(input, plan);
  for (const auto& stage : host_services(input).late) {
    plan.late.insert(plan.late.end(), stage.begin(), stage.end());
  }
  return plan;
}

View keeper_of_repository(const EmitInput& input, const View& gitops) {
  for (const graph::Edge* edge : input.graph.needs_of(gitops.id())) {
    if (edge->cause == graph::EdgeCause::fetch) return {input.program, input.lab, edge->to};
  }
  return {};
}

std::string login_of(const EmitInput& input, const BringUp& plan) {
  for (const View& node : plan.nixos()) {
    if (node.ref("os").has("ssh-user")) return node.ref("os").text("ssh-user");
  }
  const View admin = first_admin(input);
  return admin ? std::string(admin.name()) : "root";
}

std::string ssh_target(const View& node, std::string_view login) {
  const std::string own = node.ref("os").text("ssh-user");
  if (own.empty() || own == login) return contact_of(node);
  return fmt::format("{}@{}", own, contact_of(node));
}

std::string names_of(const std::vector<View>& views, std::string_view between) {
  std::string out;
  for (const View& view : views) {
    if (!out.empty()) out += between;
    out += view.name();
  }
  return out;
}

}  // namespace hlab::emit
