#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/model/network_place.h"
#include "compiler/values/value.h"
#include "emit/nixos/nix_file.h"
#include "emit/nixos/nixos_diags.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

bool is_v6(const values::Value& ip) { return ip.address->family == 6; }

NixExpr address_entry(const NixosMachine& machine, const NodeAddress& address) {
  const values::Value& cidr = address.network.value(address.cidr_field());
  NixExpr entry = NixExpr::attrs();
  entry.set("address", nix_text_of(machine.node, address.value));
  entry.set("prefixLength", NixExpr::integer(cidr.address->prefix).from(cidr.origin.index));
  return entry;
}

constexpr std::int64_t kUsualMtu = 1500;

struct Interface {
  NixExpr v4 = NixExpr::list();
  NixExpr v6 = NixExpr::list();
  bool dhcp = false;
  std::int64_t mtu = kUsualMtu;
};

/// What to write of the networks that the machine is in by cable, by interface.
std::map<std::string, Interface> interfaces_of(EmitOutput& output, const NixosMachine& machine) {
  std::map<std::string, Interface> out;
  for (const NodeAddress& address : machine.addresses) {
    if (is_overlay(address.network)) continue;
    const std::string name = model::interface_in(machine.node, address.network);
    if (name.empty() && address.second) continue;  // told with the other address
    if (name.empty()) {
      output.diags
          .report(kNoInterface, machine.node.set_at("hardware"), machine.name(),
                  address.network.name())
          .help("say what `ip link` shows on the machine: `nic = \"...\"` in `hardware`");
      continue;
    }
    const auto [found, first] = out.try_emplace(name);
    Interface& interface = found->second;
    if (first) interface.mtu = address.network.number("mtu", kUsualMtu);
    if (!address.known() || address.by_dhcp) {
      interface.dhcp = true;
    } else {
      (is_v6(address.value) ? interface.v6 : interface.v4).add(address_entry(machine, address));
    }
  }
  return out;
}

/// Tagged packets are no larger than their card lets through. Where no network says what it does, that is what they need.
void limit_tagged(EmitOutput& output, const NixosMachine& machine,
                  std::map<std::string, Interface>& interfaces) {
  const std::string nic = machine.node.ref("hardware").text("nic");
  const auto card = interfaces.find(nic);
  const bool said = card != interfaces.end();
  std::int64_t most = said ? card->second.mtu : kUsualMtu;
  for (const NodeAddress& address : machine.addresses) {
    if (address.second || !tagged_interface(machine.node, address.network)) continue;
    std::int64_t& mtu = interfaces[model::interface_in(machine.node, address.network)].mtu;
    if (!said) {
      most = std::max(most, mtu);
    } else if (mtu > most) {
      output.diags
          .report(kSmallCard, address.network.set_at("mtu"), address.network.name(), mtu,
                  machine.name(), nic, most)
          .help(fmt::format("the untagged network of `{}` needs an `mtu` that is as large", nic));
      mtu = most;
    }
  }
  if (!said && most != kUsualMtu) interfaces[nic].mtu = most;
}

void set_interfaces(EmitOutput& output, const NixosMachine& machine, NixExpr& networking) {
  const std::string nic = machine.node.ref("hardware").text("nic");
  std::map<std::string, Interface> interfaces = interfaces_of(output, machine);
  limit_tagged(output, machine, interfaces);
  for (auto& [name, interface] : interfaces) {
    if (!interface.v4.entries.empty()) {
      networking.set({"interfaces", name, "ipv4", "addresses"}, std::move(interface.v4));
    }
    if (!interface.v6.entries.empty()) {
      networking.set({"interfaces", name, "ipv6", "addresses"}, std::move(interface.v6));
    }
    if (interface.mtu != kUsualMtu) {
      networking.set({"interfaces", name, "mtu"}, NixExpr::integer(interface.mtu));
    }
    if (interface.dhcp) {
      networking.set({"interfaces", name, "useDHCP"}, NixExpr::boolean(true));
    }
  }
  if (machine.node.flag("wake") && !nic.empty()) {
    networking.set({"interfaces", nic, "wakeOnLan", "enable"}, NixExpr::boolean(true));
  }
}

/// The interfaces of its tagged networks are made on that of its network card.
void set_vlans(const NixosMachine& machine, NixExpr& networking) {
  for (const NodeAddress& address : machine.addresses) {
    if (address.second || !tagged_interface(machine.node, address.network)) continue;
    NixExpr entry = NixExpr::attrs();
    entry.set("id", NixExpr::integer(address.network.number("vlan")));
    entry.set("interface", NixExpr::string(machine.node.ref("hardware").text("nic")));
    networking.set({"vlans", model::interface_in(machine.node, address.network)}, std::move(entry));
  }
}

/// Only a machine with an address of its own needs to be told; DHCP tells the others.
void set_gateway(const NixosMachine& machine, NixExpr& networking) {
  bool has_v4 = false;
  bool has_v6 = false;
  for (const NodeAddress& address : machine.addresses) {
    const values::Value& gateway = address.network.value(address.gateway_field());
    const bool usable = address.known() && !address.by_dhcp && gateway.is(values::ValueKind::ip);
    if (is_overlay(address.network) || !usable) continue;
    // The router itself: the lab does not know what is behind it.
    if (machine.node.text_of(address.value) == address.network.text_of(gateway)) continue;
    bool& has_one = is_v6(gateway) ? has_v6 : has_v4;
    if (has_one) continue;
    has_one = true;
    NixExpr entry = NixExpr::attrs();
    entry.set("address", nix_text_of(address.network, address.gateway_field()));
    entry.set("interface", NixExpr::string(model::interface_in(machine.node, address.network)));
    networking.set(is_v6(gateway) ? "defaultGateway6" : "defaultGateway", std::move(entry));
  }
}

}  // namespace

bool tagged_interface(const View& node, const View& network) {
  if (is_overlay(network) || !network.has("vlan") || !node.ref("hardware").has("nic")) return false;
  const std::string name = model::interface_in(node, network);
  const std::string number = network.text("vlan");
  return name == "vlan" + number ||
         name == fmt::format("{}.{}", node.ref("hardware").text("nic"), number);
}

void set_networking(const EmitInput& input, EmitOutput& output, const NixosMachine& machine,
                    NixExpr& body) {
  NixExpr networking = NixExpr::attrs();
  networking.set("hostName", NixExpr::string(machine.name()));
  networking.set("domain", nix_text_of(input.all("lab").front(), "domain"));
  bool by_cable = false;
  for (const NodeAddress& address : machine.addresses) {
    by_cable = by_cable || !is_overlay(address.network);
  }
  // A machine of which the lab knows no network takes what its own gives it.
  if (by_cable) networking.set("useDHCP", NixExpr::boolean(false));
  set_vlans(machine, networking);
  set_interfaces(output, machine, networking);
  set_gateway(machine, networking);
  if (const View network = machine.resolving_network()) {
    networking.set("nameservers", nix_texts_of(network, "dns"));
  }
  set_firewall(input, machine, networking);
  body.set("networking", std::move(networking)).after_gap();
}

}  // namespace hlab::emit
