// Names: whoever is in the tailnet may ask what answers for those of the lab. Machines ask too, since
// Tailscale's own resolver hands their questions on once the console knows the name server.
#include <algorithm>
#include <set>

#include "emit/core/name_server.h"
#include "emit/tailscale/policy.h"

namespace hlab::emit::tailscale {

void add_name_grants(const EmitInput& input, const Tailnet& tailnet, Policy& policy) {
  std::set<std::string> servers;
  for (const NameServer& server : name_servers(input)) {
    const WayToNames way = way_to(input, server, tailnet.network);
    if (!way.open()) continue;
    const std::vector<std::string> tags = way.member ? tailnet_tags(input, server.node)
                                                     : std::vector<std::string>{way.address};
    if (!tags.empty()) servers.insert(tags.front());
  }
  if (servers.empty()) return;
  std::vector<std::string> everybody{tailnet.everybody};
  for (const std::string& tag : role_tags(tailnet)) everybody.push_back(tag);
  policy.grants.push_back({"Everybody, machines too, asks for the names of the lab.",
                           std::move(everybody),
                           {servers.begin(), servers.end()},
                           {"tcp:53", "udp:53"}});
}

}  // namespace hlab::emit::tailscale
