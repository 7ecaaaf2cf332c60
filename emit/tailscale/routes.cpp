// What machines offer beyond themselves: networks that they route, and the way out to the internet.
// The policy approves it, so that nobody has to in the console.
#include <fmt/format.h>

#include <set>

#include "compiler/values/address.h"
#include "emit/tailscale/policy.h"

namespace hlab::emit::tailscale {
namespace {

/// Ranges of which people reach the addresses of endpoints only.
std::set<std::string> private_pools(const EmitInput& input) {
  std::set<std::string> out;
  for (const View& pool : input.all("pool")) {
    const values::Value& cidr = pool.value("cidr");
    if (pool.text("audience") != "vpn" || !cidr.is(values::ValueKind::cidr)) continue;
    // As routes are told, by its first address.
    out.insert(values::cidr_text(values::network_of(
        cidr.address->family, values::network_first(*cidr.address), cidr.address->prefix)));
  }
  return out;
}

}  // namespace

void add_routes(const EmitInput& input, const Tailnet& tailnet, Policy& policy) {
  const std::set<std::string> pools = private_pools(input);
  std::set<std::string> open;
  bool ways_out = false;
  for (const Member& member : tailnet.members) {
    for (const std::string& route : member.node.texts("advertised-routes")) {
      policy.route_approvers[route] = {std::string(kRouterTag)};
      if (pools.count(route) == 0) open.insert(route);
    }
    ways_out = ways_out || member.node.flag("exit-node");
  }
  for (const std::string& route : open) {
    policy.grants.push_back({fmt::format("People are in {} as if they were at home.", route),
                             {tailnet.everybody},
                             {route},
                             {"*"}});
  }
  if (!ways_out) return;
  policy.exit_approvers = {std::string(kExitTag)};
  policy.grants.push_back({"People may go out to the internet by the lab.",
                           {tailnet.everybody},
                           {"autogroup:internet"},
                           {"*"}});
}

}  // namespace hlab::emit::tailscale
