// The sections of the README, one function each; "" where the lab has nothing for it.
#pragma once

#include <string>
#include <vector>

#include "emit/scripts/bring_up.h"

namespace hlab::emit {

[[nodiscard]] std::string folders_section(const EmitInput& input, const BringUp& plan);
[[nodiscard]] std::string machines_section(const EmitInput& input, const BringUp& plan);
[[nodiscard]] std::string names_section(const EmitInput& input);
[[nodiscard]] std::string steps_section(const EmitInput& input, const BringUp& plan);
[[nodiscard]] std::string later_section(const EmitInput& input, const BringUp& plan);

/// Names for everybody that no tunnel brings: outside, somebody has to lead them here.
[[nodiscard]] std::string without_tunnel(const EmitInput& input);
/// Where requests for an endpoint arrive, as far as the internet knows these addresses.
[[nodiscard]] std::vector<std::string> public_addresses(const model::View& endpoint);

/// Lines of what the console of each private network is told of names.
[[nodiscard]] std::string split_dns(const EmitInput& input);
/// What the machines and the router have to be given before anything else.
[[nodiscard]] std::string network_step(const EmitInput& input);

/// What the person's own machine needs before the scripts get anywhere from it, sentence by sentence.
[[nodiscard]] std::string own_machine(const EmitInput& input, const BringUp& plan);

/// "NixOS 25.11", "Raspberry Pi OS".
[[nodiscard]] std::string system_of(const model::View& node);
/// "server of home", or "".
[[nodiscard]] std::string role_of(const EmitInput& input, const model::View& node);
/// Networks with a console of their own, in which machines hold addresses.
[[nodiscard]] bool has_overlay(const EmitInput& input);
/// Whether the lab writes the access policy of any of them.
[[nodiscard]] bool has_access_policies(const EmitInput& input);

}  // namespace hlab::emit
