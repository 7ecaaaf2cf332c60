// Who takes which port of which machine: services outside the cluster, those inside that take the
// machine's own ports, Kubernetes itself, and the operating system.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::placement {

struct HostPort {
  std::int64_t number = 0;
  bool udp = false;
  friend auto operator<=>(const HostPort&, const HostPort&) = default;
};

/// A port that a service asks of the machine on which it runs.
struct AskedPort {
  HostPort port;
  Span at;
  bool takes_over = false;  // the service itself stops what the system has there
};

/// Each port once: `host-port`, and the ports of a container with the machine's network.
[[nodiscard]] std::vector<AskedPort> asked_ports(const model::View& service);

/// The nodes on which a service runs or may run: what it says, else all of its cluster.
[[nodiscard]] std::vector<model::View> places_of(const model::View& service);

/// Whether the scheduler chooses among several machines for it. Anything else is where it may be: what
/// runs on machines themselves, and pods that hlab does not make, which may be one a machine.
[[nodiscard]] bool is_free_to_move(const model::View& service);

/// Whether the controller has no address of its own, and its cluster lends it those of the machines.
[[nodiscard]] bool answers_on_machines(const model::View& controller);

/// Whether the servers of the cluster keep its state in a database elsewhere, and none of them runs etcd.
[[nodiscard]] bool keeps_state_elsewhere(const model::View& cluster);

struct PortClaim {
  model::View node;     // none: every node of the cluster
  model::View cluster;  // none: of the node alone
  HostPort port;
  model::View holder;  // the service, the cluster or the node that takes it
  std::string what;    // `service.pihole`; K3s's kubelet; ...
  Span at;
  bool yields = false;  // to a service that takes over
  bool takes_over = false;
};

/// All claims of machines of which the place is certain, in the order of the source. What is claimed of every
/// node of a cluster is one claim: a thousand node ports on hundreds of nodes would be too many.
[[nodiscard]] std::vector<PortClaim> port_claims(const program::Program& program,
                                                 const program::Lab& lab);

/// Those of the ports that `wanted` holds, a claim each node.
[[nodiscard]] std::vector<PortClaim> claims_by_node(const std::vector<PortClaim>& claims,
                                                    const std::set<HostPort>& wanted);

}  // namespace hlab::placement
