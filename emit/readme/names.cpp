// Names: which there are, who answers for them, and where.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "emit/core/name_server.h"
#include "emit/readme/markdown.h"
#include "emit/readme/sections.h"

namespace hlab::emit {

using model::View;

namespace {

std::string audience_words(const View& endpoint) {
  const std::string audience = endpoint.text("audience");
  if (audience == "public") return "everybody";
  return audience == "vpn" ? "the private network" : "the house";
}

std::vector<View> overlays_of(const EmitInput& input) {
  std::vector<View> out;
  for (const View& network : sorted_by_name(input.all("network"))) {
    if (is_overlay(network)) out.push_back(network);
  }
  return out;
}

std::string shown(const NameServer& server) {
  const std::string service = markdown_text(server.service.text("title"));
  if (!server.node) return fmt::format("{} ({})", service, markdown_code(server.address));
  return server.address.empty() ? fmt::format("{} on {}", service, server.node.name())
                                : fmt::format("{} on {} ({})", service, server.node.name(),
                                              markdown_code(server.address));
}

bool asked_from(const EmitInput& input, const std::vector<NameServer>& servers,
                const View& overlay) {
  return std::any_of(servers.begin(), servers.end(), [&](const NameServer& server) {
    return way_to(input, server, overlay).open();
  });
}

bool is_within(const std::string& name, const std::string& zone) {
  return name == zone || (name.size() > zone.size() && name.ends_with(zone) &&
                          name[name.size() - zone.size() - 1] == '.');
}

/// The zone of its name; the name itself where that was said as a whole.
std::string zone_of(const View& endpoint) {
  const std::string name = endpoint.text("fqdn");
  const std::string zone = endpoint.text("zone");
  return is_within(name, zone) ? zone : name;
}

/// Zones of the names with an address, the lab's own first. One inside another comes with that one.
std::vector<std::string> zones_of(const EmitInput& input) {
  std::vector<std::string> said;
  for (const View& endpoint : input.all("endpoint")) {
    if (endpoint.has("dns-address")) said.push_back(zone_of(endpoint));
  }
  std::sort(said.begin(), said.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  std::vector<std::string> zones{input.all("lab").front().text("domain")};
  for (const std::string& zone : said) {
    if (std::none_of(zones.begin(), zones.end(),
                     [&](const std::string& held) { return is_within(zone, held); }))
      zones.push_back(zone);
  }
  return zones;
}

/// Who answers, and for whom.
std::string who_answers(const EmitInput& input) {
  const std::vector<NameServer> servers = name_servers(input);
  if (servers.empty()) {
    const std::vector<std::string> zones = zones_of(input);
    return fmt::format(
        "Nothing in this lab answers for these names. They are found where somebody writes them down: in\n"
        "the public {} of {} (records may hold addresses of the house), in a name server of\n"
        "yours, or in the `hosts` file of a device.\n",
        zones.size() == 1 ? "zone" : "zones", markdown_codes(zones));
  }
  std::string text = "For these names, and for those of the machines, answers:\n\n";
  for (const NameServer& server : servers) text += fmt::format("- {}\n", shown(server));
  text += '\n';
  if (std::any_of(servers.begin(), servers.end(), [](const NameServer& s) { return s.in_house; })) {
    text +=
        "In the house they are found by whoever asks there: the router has to name it to the devices.\n";
  }
  for (const View& overlay : overlays_of(input)) {
    text +=
        asked_from(input, servers, overlay)
            ? fmt::format(
                  "In {} they are found once its console knows the name server, see below.\n",
                  markdown_code(overlay.name()))
            : fmt::format(
                  "In {} they are not found: no way leads from there to what answers. Give its machine an\n"
                  "address in {}, or let a machine of it route the address of the name server.\n",
                  markdown_code(overlay.name()), markdown_code(overlay.name()));
  }
  return text;
}

}  // namespace

std::string names_section(const EmitInput& input) {
  std::map<std::string, std::vector<std::string>> rows;
  for (const View& endpoint : input.all("endpoint")) {
    const bool http = endpoint.text("protocol") == "http";
    std::string name = endpoint.text(http ? "url" : "fqdn");
    if (name.empty() || (!http && !endpoint.has("dns-address"))) continue;
    if (!http && endpoint.has("number")) name += ":" + endpoint.text("number");
    const std::string address = endpoint.text("dns-address");
    rows.emplace(
        endpoint.text("fqdn") + " " + endpoint.path(),
        std::vector<std::string>{
            http ? "<" + name + ">" : markdown_code(name),
            address.empty() ? markdown_codes(public_addresses(endpoint)) : markdown_code(address),
            audience_words(endpoint), markdown_text(endpoint.top().text("title"))});
  }
  MarkdownTable table({"Name", "Address", "For", "Service"});
  for (const auto& [key, cells] : rows) table.row(cells);
  return table.empty()
             ? ""
             : "\n## Names\n\n" + table.text() + "\n" + who_answers(input) + without_tunnel(input);
}

std::string split_dns(const EmitInput& input) {
  std::string text;
  const std::vector<std::string> zones = zones_of(input);
  for (const View& overlay : overlays_of(input)) {
    std::string servers;
    for (const NameServer& server : name_servers(input)) {
      const WayToNames way = way_to(input, server, overlay);
      if (!way.open()) continue;
      if (!servers.empty()) servers += ", ";
      servers += way.address.empty()
                     ? fmt::format("the address of {} in {}", server.node.name(), overlay.name())
                     : markdown_code(way.address);
    }
    if (servers.empty()) continue;
    text += fmt::format("\n- give {} as name server for {} alone (DNS, \"Restrict to domain\"{})",
                        servers, markdown_codes(zones), zones.size() == 1 ? "" : ", once for each");
  }
  return text;
}

}  // namespace hlab::emit
