// What can be reached: endpoints, ports of machines and APIs of clusters, by who reaches them.
#pragma once

#include <string>
#include <vector>

#include "compiler/reach/paths.h"

namespace hlab::reach {

/// One thing that is reached, and the way there.
struct Opening {
  View what;           // an endpoint, a service or a cluster
  std::string where;   // its url, `port 53/udp`
  std::string login;   // of an endpoint, as the lab says it; "" of what has none
  std::string reason;  // of `login = none because "..."`
  Path path;           // the shortest
};

/// All that somebody in one place reaches.
struct Surface {
  View network;  // none: the internet
  std::string name;
  std::vector<Opening> openings;  // in the order of the source
};

/// Of the internet, then of each network.
[[nodiscard]] std::vector<Surface> surfaces(const program::Program& program,
                                            const program::Lab& lab, const ReachGraph& graph);

/// By what the last place of the path is reached: `tunnel.door`, `service.front at 10.0.0.9`.
[[nodiscard]] std::string way_of(const program::Program& program, const program::Lab& lab,
                                 const ReachGraph& graph, const Path& path);

}  // namespace hlab::reach
