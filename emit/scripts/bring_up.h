// What it takes to bring the lab up, in the order in which it is done: the scripts and the README
// are made from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/graph/first_starts.h"
#include "emit/core/layout.h"
#include "emit/core/machine.h"
#include "emit/core/namespaces.h"

namespace hlab::emit {

using program::InstanceId;

struct BringUp {
  model::View lab;
  Layout layout;
  std::vector<model::View>
      first_nixos;  // servers that start a cluster or join such a one, in order
  std::vector<model::View> other_nixos;
  std::vector<model::View>
      first_ansible;                  // machines with what a cluster on NixOS cannot start without
  std::vector<model::View> ansible;   // agents and servers in the order of their clusters first
  std::vector<model::View> clusters;  // of K3s, by name
  std::vector<model::View>
      ready_made;                      // clusters that somebody else made, with services of the lab
  std::vector<model::View> operators;  // decrypt in a cluster
  std::vector<graph::Handover> handovers;  // in order
  std::vector<graph::FirstStart>
      networks;  // what gives pods a network, and what that needs, in order
  std::vector<model::View>
      late_networks;  // clusters whose pods get it after what runs in another one
  std::vector<graph::FirstStart> starts;  // all else that is started in clusters by hand, in order
  std::vector<model::View> late;          // services outside of clusters that need one of a cluster
  std::string recipient;                  // of the secrets, or ""
  std::vector<model::View> opened_by_flux;  // clusters with secrets that have no other operator
  NamespaceLevels security;
  bool nixos_secrets = false;
  bool ansible_secrets = false;
  bool ansible_first = false;  // a cluster starts on a machine of Ansible

  [[nodiscard]] bool empty() const { return nixos().empty() && ansible.empty(); }
  /// Sorted by name.
  [[nodiscard]] std::vector<model::View> nixos() const;
  [[nodiscard]] bool needs_age_key() const;
  /// Whether something in a cluster opens secrets.
  [[nodiscard]] bool cluster_opens() const;
  /// What pods may do where a service runs: as much as the most demanding one of its namespace needs.
  [[nodiscard]] std::string security_of(const model::View& service) const;
  [[nodiscard]] bool has_late_network(const model::View& cluster) const;
  [[nodiscard]] bool gives_flux_key(const model::View& gitops) const;
  /// Several clusters each have a file of their own; one takes what KUBECONFIG says.
  [[nodiscard]] bool one_cluster() const { return clusters.size() == 1 && ready_made.empty(); }
};

[[nodiscard]] BringUp plan_bring_up(const EmitInput& input);

/// The service of the lab that keeps the repository, if one does: nobody can push before it runs.
[[nodiscard]] model::View keeper_of_repository(const EmitInput& input, const model::View& gitops);

/// Who logs in where nobody else is named: of the first machine that says it, or the first
/// administrator; "root" in a lab without people.
[[nodiscard]] std::string login_of(const EmitInput& input, const BringUp& plan);
/// Where ssh finds the machine, with its own user where it has another one.
[[nodiscard]] std::string ssh_target(const model::View& node, std::string_view login);

/// "a, b, c"
[[nodiscard]] std::string names_of(const std::vector<model::View>& views,
                                   std::string_view between = ", ");

}  // namespace hlab::emit
