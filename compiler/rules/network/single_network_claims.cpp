// VLAN numbers, hardware addresses and tunnels: each belongs to one.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/rules/network/network_rules.h"

namespace hlab::rules {

using model::View;
using values::ValueKind;

namespace {

/// Where the value is written; where that is in the library, the declaration.
Span origin_of(const View& holder, const values::Value& value) {
  if (!value.origin.valid()) return holder.declared_at();
  const Span at = holder.program().ast->exprs[value.origin].span;
  const bool library = holder.program().modules[holder.program().module_of(at)].library;
  return library ? holder.declared_at() : at;
}

/// A thing of somebody else's may be declared once for each network that it is in, with the same interface.
void check_addresses_of_others(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  std::set<std::string> known;
  const auto add = [&](const View& holder, bool once) {
    for (const auto& [network, value] : holder.entries("mac")) {
      if (!value.is(ValueKind::mac)) continue;
      const std::string mac = holder.text_of(value);
      const std::string key = fmt::format("{} {}", mac, network);
      if (known.insert(key).second || !once)
        claims.push_back({key, mac, holder, origin_of(holder, value)});
    }
  };
  for (const View& node : input.all("node")) add(node, true);  // two of these are told already
  for (const View& other : input.all("foreign")) add(other, false);
  report_claimed_twice(input, kMacTwice, claims, diags);
}

}  // namespace

void check_vlans(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  for (const View& network : input.all("network")) {
    if (!network.has("vlan") || network.is("pool")) continue;
    if (!network.value("cidr").is(ValueKind::cidr)) continue;
    // IPv4 and IPv6 of one segment are two networks here.
    const int family = network.value("cidr").address->family;
    claims.push_back({fmt::format("{} {}", family, network.number("vlan")),
                      fmt::format("VLAN {}", network.number("vlan")), network,
                      network.set_at("vlan")});
  }
  report_claimed_twice(input, kVlanTwice, claims, diags);
}

void check_hardware_addresses(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  for (const View& node : input.all("node")) {
    for (const auto& [network, value] : node.entries("mac")) {
      if (!value.is(ValueKind::mac)) continue;
      // One interface may be in several networks.
      const std::string mac = node.text_of(value);
      const bool known = std::any_of(claims.begin(), claims.end(), [&](const SingleClaim& claim) {
        return claim.holder == node && claim.key == mac;
      });
      if (!known) claims.push_back({mac, mac, node, origin_of(node, value)});
    }
  }
  report_claimed_twice(input, kMacTwice, claims, diags);
  check_addresses_of_others(input, diags);
}

void check_tunnels(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  for (const View& tunnel : input.all("tunnel")) {
    if (!tunnel.has("tunnel-id") || tunnel.flag("extern")) continue;
    claims.push_back({tunnel.text("tunnel-id"),
                      fmt::format("the tunnel `{}`", tunnel.text("tunnel-id")), tunnel,
                      tunnel.declared_at()});
  }
  report_claimed_twice(input, kTunnelTwice, claims, diags);
}

}  // namespace hlab::rules
