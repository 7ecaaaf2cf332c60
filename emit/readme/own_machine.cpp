// What the machine at which a person sits needs before the scripts get anywhere from it.
#include <fmt/format.h>

#include "compiler/model/api_way.h"
#include "compiler/values/address.h"
#include "emit/readme/markdown.h"
#include "emit/readme/sections.h"

namespace hlab::emit {

using model::View;

namespace {

/// How kubectl comes to the cluster, where that takes more than being in the house.
std::string kubectl_line(const View& cluster) {
  const auto& [network, host] = model::api_way(cluster);
  if (!network) {
    if (host.empty() || values::parse_ip(host)) return "";
    return fmt::format(
        "See that your own machine finds {}, by DNS or in its `hosts` file: kubectl asks it\n"
        "for {}, and knows nothing of what SSH makes of the name. ",
        markdown_code(host), cluster.name());
  }
  if (is_overlay(network) || network.text("audience") != "vpn") return "";
  return fmt::format(
      "Let your own machine into {} too: kubectl asks {} for {}, and that is found there\nalone. ",
      markdown_code(network.name()), markdown_code(host), cluster.name());
}

}  // namespace

std::string own_machine(const EmitInput& input, const BringUp& plan) {
  std::string text;
  if (has_overlay(input)) text += "Join your own machine to the private network. ";
  for (const View& cluster : plan.clusters) text += kubectl_line(cluster);
  return text;
}

}  // namespace hlab::emit
