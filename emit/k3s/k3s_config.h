// The one writer of K3s' config.yaml: NixOS and Ansible put the same map into files of their own.
// K3s skips a key that it does not know, so a misspelt one would be lost: only keys of the table in
// k3s_keys.h leave here, and only in the scope in which K3s reads them.
#pragma once

#include "emit/core/document.h"
#include "emit/core/emitter.h"
#include "emit/core/machine.h"

namespace hlab::emit {

/// How the machine finds its cluster and proves itself.
enum class K3sJoin : std::uint8_t {
  outside,  // said beside the file (options of a NixOS module): no server, token or cluster-init
  inside,   // in the file: `server`, `token-file`, `cluster-init`
};

/// Where a machine keeps its token when config.yaml names it (K3sJoin::inside).
inline constexpr std::string_view kK3sTokenFile = "/etc/rancher/k3s/token";

/// Adds the map of a machine where the document stands. An address that only the machine knows is
/// left out: it writes `node-ip` into config.yaml.d/10-node-ip.yaml itself (see node_ip_known).
void put_k3s_config(Doc& doc, const model::View& cluster, const model::View& node, K3sJoin join);

/// Whether `node-ip` stands in the map; otherwise the machine has to look it up.
[[nodiscard]] bool node_ip_known(const model::View& cluster, const model::View& node);

/// Reports keys of `server-config` and `agent-config` that K3s does not know, or not there: once a
/// cluster, by whoever emits its first machine (the emitter of Ansible or NixOS; repeats fold).
void check_k3s_config(EmitOutput& output, const model::View& cluster);

}  // namespace hlab::emit
