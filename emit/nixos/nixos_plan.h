// What the NixOS files are made from, collected once: the machines that run NixOS, and what each of
// them takes part in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/machine.h"

namespace hlab::emit {

struct NixosMachine {
  model::View node;
  std::vector<NodeAddress> addresses;
  Membership membership;
  std::vector<std::string> needs;     // of the storage of its cluster, sorted
  std::vector<model::View> overlays;  // networks that it joins with a client of their own

  [[nodiscard]] std::string name() const { return std::string(node.name()); }
  [[nodiscard]] model::View os() const { return node.ref("os"); }
  [[nodiscard]] bool in_k3s() const { return membership.cluster.is("k3s"); }
  /// The first network whose name servers it can be told, or none.
  [[nodiscard]] model::View resolving_network() const;
  /// Whether the overlay's own name server is left aside on it.
  [[nodiscard]] bool keeps_own_dns() const;
};

struct NixosPlan {
  std::string folder;  // of the flake, in the output
  model::View lab;
  std::vector<NixosMachine> machines;            // sorted by name
  std::vector<model::View> overlays;             // joined by any of them, sorted by name
  std::vector<model::View> clusters;             // with any of them, sorted by name
  std::map<std::string, model::View> needed_by;  // a need -> the first declaration that has it
  bool has_people = false;                       // with keys
  bool has_secrets = false;

  [[nodiscard]] std::string overlay_module(const model::View& overlay) const;
};

[[nodiscard]] NixosPlan plan_nixos(const EmitInput& input);

/// Whether a machine learns its address in that network only when it runs.
[[nodiscard]] bool learns_address(const NixosMachine& machine, const model::View& network);

}  // namespace hlab::emit
