#include <fmt/format.h>

#include "compiler/model/network_place.h"
#include "emit/core/machine.h"
#include "emit/core/shell_word.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr const char* kWaitForAny =
    R"(# tailscaled reports ready before its address can be bound.
# In a shell of its own: other modules may add to this script.
(
  interface={0}
  directory=/etc/rancher/k3s/config.yaml.d
  for _ in $(seq 60); do
    address=$(tailscale ip -4 2>/dev/null | head -n 1) || address=
    if [ -n "$address" ] && ip -4 -o address show dev "$interface" | grep -qF " $address/"; then
      mkdir -p "$directory"
      printf 'node-ip: "%s"\n' "$address" >"$directory/10-node-ip.yaml.part"
      mv "$directory/10-node-ip.yaml.part" "$directory/10-node-ip.yaml"
      exit 0
    fi
    sleep 2
  done
  echo "$interface has no address after two minutes: is this machine logged in to the tailnet?" >&2
  exit 1
)
)";

// What an earlier build let the machine write down would win over the address that is known now.
constexpr const char* kWaitForKnown =
    R"(# tailscaled reports ready before its address can be bound.
# In a shell of its own: other modules may add to this script.
(
  interface={0}
  address={1}
  rm -f /etc/rancher/k3s/config.yaml.d/10-node-ip.yaml
  for _ in $(seq 60); do
    if ip -o address show dev "$interface" | grep -qF " $address/"; then
      exit 0
    fi
    sleep 2
  done
  echo "$interface does not get $address: is this machine logged in to the tailnet?" >&2
  exit 1
)
)";

constexpr const char* kLookForOthers =
    R"(# The first server makes the cluster. On an empty disk, beside servers that run, it would make a second one.
(
  if [ -e /var/lib/rancher/k3s/server/db ]; then exit 0; fi
  for server in {0}; do
    if timeout 3 "$BASH" -c ": </dev/tcp/$server/{1}" 2>/dev/null; then
      echo "$server runs already, and this machine is the first in servers and empty: put one that runs first" >&2
      exit 1
    fi
  done
)
)";

}  // namespace

std::string look_for_others_script(const NixosMachine& machine) {
  const View& cluster = machine.membership.cluster;
  std::vector<std::string> words;
  for (const std::string& server : other_servers(cluster, machine.node))
    words.push_back(shell_word(server));
  if (words.empty()) return "";
  return fmt::format(fmt::runtime(kLookForOthers), fmt::join(words, " "),
                     cluster.number("api-port", 6443));
}

std::string wait_script(const NixosMachine& machine, const View& network) {
  const std::string interface = shell_word(model::interface_in(machine.node, network));
  const values::Value address = machine.node.at("address", network);
  if (!address.is(values::ValueKind::ip)) return fmt::format(fmt::runtime(kWaitForAny), interface);
  return fmt::format(fmt::runtime(kWaitForKnown), interface, machine.node.text_of(address));
}

}  // namespace hlab::emit
