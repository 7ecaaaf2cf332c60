// What the Ansible project is about: its machines, and what each of them is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/core/emitter.h"
#include "emit/core/host_services.h"
#include "emit/core/machine.h"

namespace hlab::emit {

struct AnsibleHost {
  model::View node;
  Membership membership;
  model::View overlay;                // the private network that it joins, or none
  std::vector<model::View> drivers;   // of storage in its cluster, that want something of it
  std::vector<std::string> needs;     // of those, sorted
  std::vector<model::View> services;  // in the order in which they are set up

  [[nodiscard]] std::string_view name() const { return node.name(); }
  [[nodiscard]] bool in_k3s() const { return membership.cluster.is("k3s"); }
  /// Disks that somebody uses: those with a place to be mounted at.
  [[nodiscard]] std::vector<model::View> disks() const;
  [[nodiscard]] bool is_raspberry_pi() const { return node.ref("hardware").flag("raspberry-pi"); }
};

struct AnsiblePlan {
  std::string folder;
  model::View lab;
  std::vector<AnsibleHost> hosts;     // sorted by name
  std::vector<model::View> services;  // with a host here, in the order in which they are set up
  HostServices stages;                // the same, as they wait for each other
  bool uses_secrets = false;
  bool several_clusters = false;  // its machines are in more than one

  [[nodiscard]] std::string path(std::string_view inside) const;
};

[[nodiscard]] AnsiblePlan plan_ansible(const EmitInput& input);

/// Groups of the inventory, sorted by name.
inline constexpr std::string_view kAllHosts = "all";
inline constexpr std::string_view kServerGroup = "k3s_server";
inline constexpr std::string_view kAgentGroup = "k3s_agent";
inline constexpr std::string_view kBoardGroup = "raspberry_pi";
inline constexpr std::string_view kDiskGroup = "data_disk";
inline constexpr std::string_view kStorageGroup = "storage_client";
inline constexpr std::string_view kServiceGroup = "support";
inline constexpr std::string_view kOverlayGroup = "tailnet";

/// Without `all`; sorted.
[[nodiscard]] std::vector<std::string_view> groups_of(const AnsibleHost& host);
[[nodiscard]] bool has_group(const AnsiblePlan& plan, std::string_view group);
/// The declaration that a group's file is about.
[[nodiscard]] model::View subject_of(const AnsiblePlan& plan, std::string_view group);

}  // namespace hlab::emit
