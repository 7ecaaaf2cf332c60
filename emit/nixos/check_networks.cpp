// What a machine that sets its addresses itself is told by nobody else: its name servers, and which of its networks are
// tagged on a cable that carries several.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/model/network_place.h"
#include "emit/nixos/nixos_diags.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;
using values::ValueKind;

namespace {

bool is_set_here(const NodeAddress& address) {
  return !is_overlay(address.network) && address.known() && !address.by_dhcp;
}

/// Whether the machine's own lines speak of name servers; what they say of them is not hlab's to read.
bool says_by_hand(const View& node) {
  const std::string own = node.text("nix");
  return own.find("nameserver") != std::string::npos || own.find("resolv") != std::string::npos;
}

/// The network whose router it goes out by, where that is all it is told: no name server, by nobody.
View nameless_way_out(const NixosMachine& machine) {
  const auto told_by_others = [](const NodeAddress& address) {
    return is_overlay(address.network) || !address.known() || address.by_dhcp;
  };
  if (machine.resolving_network() || says_by_hand(machine.node)) return {};
  if (std::any_of(machine.addresses.begin(), machine.addresses.end(), told_by_others)) return {};
  for (const NodeAddress& address : machine.addresses) {
    const View network = address.network;
    const bool is_router = network.value("gateway").is(ValueKind::ip) &&
                           machine.node.text_of(address.value) == network.text("gateway");
    if (!address.second && network.has("gateway") && !is_router) return network;
  }
  return {};
}

void check_name_servers(EmitOutput& output, const NixosPlan& plan) {
  std::set<std::uint32_t> told;
  for (const NixosMachine& machine : plan.machines) {
    const View network = nameless_way_out(machine);
    if (!network || !told.insert(network.id().index).second) continue;
    output.diags.report(kNoNameServer, network.declared_at(), network.name(), machine.name())
        .help(fmt::format("the router mostly is one: `dns = [{}, ...]`", network.text("gateway")));
  }
}

void check_tags(EmitOutput& output, const NixosMachine& machine) {
  std::map<std::string, View> untagged;
  for (const NodeAddress& address : machine.addresses) {
    const View network = address.network;
    if (!is_set_here(address) || address.second || tagged_interface(machine.node, network))
      continue;
    const std::string interface = model::interface_in(machine.node, network);
    const auto [first, fresh] = untagged.try_emplace(interface, network);
    if (fresh || first->second.text("vlan") == network.text("vlan")) continue;
    const View& numbered = network.has("vlan") ? network : first->second;
    output.diags
        .report(kUntagged, machine.node.entry_at("address", values::MapKey::of(network.id())),
                machine.name(), first->second.name(), network.name(), interface)
        .help(
            fmt::format("where the cable carries `{0}` tagged: `interface = \"{1}.{2}\"` in `{0}`",
                        numbered.name(), interface, numbered.text("vlan")));
  }
}

}  // namespace

void check_networks(EmitOutput& output, const NixosPlan& plan) {
  check_name_servers(output, plan);
  for (const NixosMachine& machine : plan.machines) check_tags(output, machine);
}

}  // namespace hlab::emit
