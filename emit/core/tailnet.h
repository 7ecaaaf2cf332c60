// Which tags a machine has in its private network. The access policy is about tags, machines ask for
// them when they join: both sides look here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/core/machine.h"

namespace hlab::emit {

/// A machine of no cluster.
inline constexpr std::string_view kMachineTag = "tag:machine";
/// Offers routes, or a way out to the internet.
inline constexpr std::string_view kRouterTag = "tag:router";
inline constexpr std::string_view kExitTag = "tag:exit";

/// The private network in which the node has an address, or none.
[[nodiscard]] model::View overlay_of(const model::View& node);
/// Whether the lab says who may reach whom in it.
[[nodiscard]] bool has_access_policy(const model::View& overlay);

/// Whether others route something into it, so that the machine has to be told what to do with that.
[[nodiscard]] bool has_routes_to_accept(const model::View& node, const model::View& overlay);

[[nodiscard]] std::string server_tag(const model::View& cluster);
[[nodiscard]] std::string agent_tag(const model::View& cluster);
/// That of what it is, first; none where the lab says nothing of access.
[[nodiscard]] std::vector<std::string> tailnet_tags(const EmitInput& input,
                                                    const model::View& node);

}  // namespace hlab::emit
