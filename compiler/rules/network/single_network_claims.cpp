// VLAN numbers, hardware addresses, tunnels, and where a machine is set up: each belongs to one.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/rules/loop_rounds.h"
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

/// Whether both have that address in one network, which is a clash of its own.
bool meet_at(const RuleInput& input, const View& one, const View& other,
             const std::string& address) {
  const std::vector<View>& networks = input.all("network");
  return std::any_of(networks.begin(), networks.end(), [&](const View& network) {
    return one.text_of(one.at("address", network)) == address &&
           other.text_of(other.at("address", network)) == address;
  });
}

/// What a private network that names its machines calls it, or `NAME`.
std::string private_name(const RuleInput& input, const View& node) {
  for (const View& network : input.all("network")) {
    const bool in_it = !node.at("address", network).is(ValueKind::absent);
    if (in_it && network.has("domain"))
      return fmt::format("{}.{}", node.name(), network.text("domain"));
  }
  return "NAME";
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
    // IPv4 and IPv6 of one segment are two networks here; no segment reaches from one place to another.
    const int family = network.value("cidr").address->family;
    claims.push_back(
        {fmt::format("{} {} {}", family, network.number("vlan"), network.text("place")),
         fmt::format("VLAN {}", network.number("vlan")), network, network.set_at("vlan"),
         network.value("vlan").origin});
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

void check_contacts(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::string, View> first;
  for (const View& node : input.all("node")) {
    const std::string contact = node.text(node.has("reach") ? "reach" : "lan-address");
    if (contact.empty()) continue;
    const auto [known, fresh] = first.try_emplace(contact, node);
    if (fresh || meet_at(input, known->second, node, contact)) continue;
    const auto said_at = [](const View& one) {
      return one.has("reach") ? one.set_at("reach") : origin_of(one, one.value("lan-address"));
    };
    auto report = diags.report(kContactTwice, said_at(node), known->second.name(), node.name(),
                               contact);
    report.label(said_at(known->second), fmt::format("`{}`", known->second.path()));
    report.help(fmt::format(
        "say how each is found from where you work, a name in a VPN or of your SSH configuration: "
        "`reach = \"{}\"`",
        private_name(input, node)));
    tell_rounds(input, report, rounds_of(known->second), rounds_of(node));
  }
}

}  // namespace hlab::rules
