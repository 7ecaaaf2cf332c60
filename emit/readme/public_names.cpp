// Names for everybody: what a person writes into the public zone, and into the router.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/placement/port_claims.h"
#include "compiler/reach/facts.h"
#include "compiler/values/address.h"
#include "emit/readme/markdown.h"
#include "emit/readme/sections.h"

namespace hlab::emit {

using model::View;

namespace {

/// Machines with a global address of IPv6 count as behind a router, which shuts it.
bool is_public(const std::string& text) {
  const auto address = values::parse_ip(text);
  return address && address->family == 4 && reach::is_global(*address);
}

/// The machines at which requests for it arrive, where it has no address of its own.
std::vector<View> machines_of(const View& endpoint) {
  if (endpoint.top().is("host-service")) return endpoint.top().refs("on");
  const View ingress = endpoint.ref("ingress");
  if (!ingress || !placement::answers_on_machines(ingress)) return {};
  return ingress.ref("cluster").refs("nodes");
}

}  // namespace

std::vector<std::string> public_addresses(const View& endpoint) {
  std::vector<std::string> out;
  const std::string said = endpoint.text("dns-address");
  if (is_public(said)) out.push_back(said);
  if (!said.empty()) return out;
  for (const View& node : machines_of(endpoint)) {
    for (const NodeAddress& address : addresses_of(node)) {
      const std::string text = address.known() ? node.text_of(address.value) : "";
      if (is_public(text) && std::find(out.begin(), out.end(), text) == out.end())
        out.push_back(text);
    }
  }
  return out;
}

std::string without_tunnel(const EmitInput& input) {
  std::vector<std::string> names;
  std::map<std::string, std::string> records;
  for (const View& endpoint : input.all("endpoint")) {
    if (endpoint.text("audience") != "public" || endpoint.ref("through")) continue;
    const std::vector<std::string> addresses = public_addresses(endpoint);
    const std::string name = endpoint.text("fqdn");
    if (addresses.empty()) {
      names.push_back(name);
    } else {
      records[name] = markdown_codes(addresses);
    }
  }
  std::string text;
  if (!records.empty()) {
    text =
        "\nFrom outside these are found once the public zone has their records, which hlab does not write:\n\n";
    for (const auto& [name, addresses] : records)
      text += fmt::format("- {}: {}\n", markdown_code(name), addresses);
  }
  if (names.empty()) return text;
  std::sort(names.begin(), names.end());
  return text +
         fmt::format(
             "\nFrom outside nobody reaches {} yet: hlab writes no record of the public zone and sets up no\n"
             "router. Give it the house's public address there, and forward its port to the address above.\n",
             markdown_codes(names));
}

}  // namespace hlab::emit
