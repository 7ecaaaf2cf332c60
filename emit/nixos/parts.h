// The files of the NixOS tree, one function each. Modules hold what is the same on all machines
// that import them; whatever has an address, a disk, a port or a role stands in the machine's own file.
#pragma once

#include "emit/nix_text/nix_expr.h"
#include "emit/nixos/nixos_plan.h"

namespace hlab::emit {

/// Warns of what no file says and the machines need.
void check_networks(EmitOutput& output, const NixosPlan& plan);

void add_flake(const EmitInput& input, EmitOutput& output, const NixosPlan& plan);
void add_base_module(const EmitInput& input, EmitOutput& output, const NixosPlan& plan);
void add_people_module(const EmitInput& input, EmitOutput& output, const NixosPlan& plan);
void add_overlay_modules(const EmitInput& input, EmitOutput& output, const NixosPlan& plan);
void add_cluster_modules(const EmitInput& input, EmitOutput& output, const NixosPlan& plan);
void add_need_modules(const EmitInput& input, EmitOutput& output, const NixosPlan& plan);
void add_host(const EmitInput& input, EmitOutput& output, const NixosPlan& plan,
              const NixosMachine& machine);

/// Whether it is in the network by an interface for its tag: `eno1.20` and `vlan20` are those of the VLAN 20.
[[nodiscard]] bool tagged_interface(const model::View& node, const model::View& network);

// Parts of a machine's file, in its order.

void set_networking(const EmitInput& input, EmitOutput& output, const NixosMachine& machine,
                    NixExpr& body);
/// Ports that it answers on, by interface.
void set_firewall(const EmitInput& input, const NixosMachine& machine, NixExpr& networking);
void set_overlay_flags(const EmitInput& input, const NixosPlan& plan, const NixosMachine& machine,
                       NixExpr& body);
void set_disks(const NixosMachine& machine, NixExpr& body);
void set_cluster_role(const NixosPlan& plan, const NixosMachine& machine, NixExpr& body);

/// Flags of the overlay's client that all machines in it have, given again at each boot.
[[nodiscard]] bool all_keep_own_dns(const NixosPlan& plan, const model::View& overlay);
/// The script that lets K3s start only when the overlay's address can be bound. A machine that
/// knows its address waits for that one; another one writes down what it finds.
[[nodiscard]] std::string wait_script(const NixosMachine& machine, const model::View& network);
/// Of the first server, beside others: fails where its disk is empty and another one runs; "" without others.
[[nodiscard]] std::string look_for_others_script(const NixosMachine& machine);
/// Whether each machine of a cluster looks its address up in the same way.
[[nodiscard]] bool all_learn_address(const NixosPlan& plan, const model::View& cluster);

}  // namespace hlab::emit
