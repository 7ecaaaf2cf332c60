// The scripts, one function each.
#pragma once

#include "emit/scripts/bring_up.h"
#include "emit/scripts/script_text.h"

namespace hlab::emit {

/// steps.sh: what the others share. Sourced, never run.
void add_steps(const EmitInput& input, EmitOutput& output, const BringUp& plan);
/// bootstrap.sh: everything, in the order in which one thing needs the other.
void add_bootstrap(const EmitInput& input, EmitOutput& output, const BringUp& plan);
/// join.sh: one machine.
void add_join(const EmitInput& input, EmitOutput& output, const BringUp& plan);

/// One service that an engine cannot do without, or the engine itself.
void install_before(const EmitInput& input, const EmitOutput& output, const BringUp& plan,
                    const graph::Handover& handover, const model::View& service, ScriptText& out);
/// One service that nodes wait for before they are ready.
void install_network(const EmitInput& input, const EmitOutput& output, const BringUp& plan,
                     const model::View& service, ScriptText& out);
/// The part of bootstrap.sh that gives one cluster to its GitOps engine.
void hand_over(const EmitInput& input, const EmitOutput& output, const BringUp& plan,
               const graph::Handover& handover, ScriptText& out);

/// The first lines of a script that sources steps.sh; `purpose` is a comment.
[[nodiscard]] std::string script_head(std::string_view purpose);
/// `"${KUBECONFIG:-$HOME/.kube/home.yaml}"`, exported, for a lab with one cluster.
[[nodiscard]] std::string kubeconfig_line(const model::View& cluster, bool one_cluster);
/// What the steps of a NixOS machine do, without their title.
[[nodiscard]] std::vector<std::string> nixos_programs(const BringUp& plan);
[[nodiscard]] std::vector<std::string> ansible_programs(const BringUp& plan);

}  // namespace hlab::emit
