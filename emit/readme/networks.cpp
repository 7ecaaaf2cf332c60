// What a person gives the machines and the router before anything of the lab can reach them: hlab writes
// neither a router's configuration nor, but for NixOS, the address of a machine.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "compiler/values/address.h"
#include "emit/core/name_server.h"
#include "emit/readme/markdown.h"
#include "emit/readme/sections.h"

namespace hlab::emit {

using model::View;

namespace {

bool by_cable(const View& network) { return !is_overlay(network) && !network.is("pool"); }

std::string mac_of(const View& node, const View& network) {
  const values::Value mac = node.at("mac", network);
  return mac.hollow() ? "" : node.text_of(mac);
}

struct Row {
  View node;
  NodeAddress address;
  std::string mac;
};

std::vector<Row> fixed_addresses(const EmitInput& input) {
  std::vector<Row> rows;
  for (const std::string_view kind : {"node", "foreign"}) {
    for (const View& node : sorted_by_name(input.all(kind))) {
      for (const NodeAddress& address : addresses_of(node)) {
        if (!address.known() || !by_cable(address.network)) continue;
        rows.push_back({node, address, mac_of(node, address.network)});
      }
    }
  }
  return rows;
}

/// A service of the machine that makes its interface there, or none.
View bringer_of(const EmitInput& input, const Row& row) {
  for (const View& service : sorted_by_name(input.all("host-service"))) {
    const std::vector<View> on = service.refs("on");
    const std::vector<View> brought = service.refs("brings");
    if (std::find(on.begin(), on.end(), row.node) != on.end() &&
        std::find(brought.begin(), brought.end(), row.address.network) != brought.end())
      return service;
  }
  return {};
}

std::string set_by(const EmitInput& input, const Row& row) {
  if (row.address.by_dhcp) return "the DHCP server: reserve it";
  if (const View service = bringer_of(input, row))
    return fmt::format("later {}, a service of it", markdown_text(service.name()));
  return runs_nixos(row.node) ? "you; later its own configuration" : "you";
}

std::string addresses_table(const EmitInput& input, const std::vector<Row>& rows) {
  bool macs = false;
  for (const Row& row : rows) macs = macs || !row.mac.empty();
  std::vector<std::string> heads{"Machine", "Network", "Address"};
  if (macs) heads.emplace_back("MAC");
  heads.emplace_back("Set by");
  MarkdownTable table(heads);
  for (const Row& row : rows) {
    std::vector<std::string> cells{std::string(row.node.name()),
                                   std::string(row.address.network.name()),
                                   markdown_code(row.node.text_of(row.address.value))};
    if (macs) cells.push_back(markdown_code(row.mac));
    cells.push_back(set_by(input, row));
    table.row(cells);
  }
  return table.text();
}

void add_part(std::string& text, const std::string& part) {
  if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
}

/// Whether one of the lab's own services answers there, and so not yet.
bool answers_later(const EmitInput& input, const std::vector<std::string>& servers) {
  const std::vector<NameServer> own = name_servers(input);
  return std::any_of(own.begin(), own.end(), [&](const NameServer& server) {
    return std::find(servers.begin(), servers.end(), server.address) != servers.end();
  });
}

constexpr std::int64_t kUsualMtu = 1500;

/// What the lab says of a network that only its router can do; "" where it says nothing.
std::string router_line(const EmitInput& input, const View& network) {
  std::string text;
  if (network.has("vlan")) add_part(text, fmt::format("VLAN {}", network.text("vlan")));
  if (network.has("gateway")) {
    add_part(text, "the router is " + markdown_code(network.text("gateway")));
  }
  if (network.has("dhcp")) {
    add_part(text, fmt::format("DHCP hands out {} and nothing else",
                               markdown_code(network.text("dhcp"))));
  }
  if (network.has("cidr6")) {
    add_part(text, "machines have addresses of " + markdown_code(network.text("cidr6")) + " too");
  }
  if (network.has("gateway6")) {
    add_part(text, "the router is " + markdown_code(network.text("gateway6")) + " there");
  }
  if (network.has("dhcp6")) {
    add_part(text, fmt::format("DHCPv6 hands out {} and nothing else",
                               markdown_code(network.text("dhcp6"))));
  }
  if (network.number("mtu", kUsualMtu) != kUsualMtu) {
    add_part(text,
             fmt::format("packets of {} bytes at most, as it tells by DHCP", network.text("mtu")));
  }
  const std::vector<std::string> servers = network.texts("dns");
  if (!servers.empty()) {
    add_part(text,
             "name servers " + markdown_codes(servers) +
                 (answers_later(input, servers) ? " (the router's own until they answer)" : ""));
  }
  if (text.empty()) return "";
  return fmt::format("\n- {} ({}): {}", network.name(), markdown_code(network.text("cidr")), text);
}

/// Whether two networks of one place have a router between them. Who rents a machine has none.
bool are_side_by_side(const std::vector<View>& networks) {
  std::vector<std::string> places;
  for (const View& network : networks) {
    const auto cidr = values::parse_cidr(network.text("cidr"));
    if (cidr && values::network_first(*cidr) != values::network_last(*cidr))
      places.push_back(network.text("place"));
  }
  std::sort(places.begin(), places.end());
  return std::adjacent_find(places.begin(), places.end()) != places.end();
}

/// Which network the router lets into which; "" where there is none to keep apart.
std::string firewall_line(const std::vector<View>& networks) {
  std::string ways;
  for (const View& network : networks) {
    std::vector<std::string> names;
    for (const View& other : network.refs("reaches")) {
      if (!(other == network)) names.emplace_back(other.name());
    }
    if (!names.empty())
      add_part(ways,
               fmt::format("{} into {}", markdown_code(network.name()), markdown_codes(names)));
  }
  if (ways.empty() && !are_side_by_side(networks)) return "";
  return fmt::format(
      "\n- its firewall lets {} into another: hlab counts on it, and nothing that it writes enforces it",
      ways.empty() ? "no network" : ways + "; and no further network");
}

}  // namespace

std::string network_step(const EmitInput& input) {
  std::string text;
  const std::vector<Row> rows = fixed_addresses(input);
  if (!rows.empty()) {
    text =
        "Give each machine its address: Ansible, the scripts and the cluster look for it there, and none\n"
        "of them sets it. In the router, reserve it for the machine's hardware address (MAC); or set it\n"
        "on the machine itself, while you install its system.\n\n" +
        addresses_table(input, rows);
  }
  std::vector<View> networks = sorted_by_name(input.all("network"));
  networks.erase(std::remove_if(networks.begin(), networks.end(), std::not_fn(by_cable)),
                 networks.end());
  std::string lines;
  for (const View& network : networks) lines += router_line(input, network);
  lines += firewall_line(networks);
  if (lines.empty()) return text;
  if (!text.empty()) text += '\n';
  return text + "Set the router up, which hlab does not:\n" + lines;
}

}  // namespace hlab::emit
