// What `hlab placement` says of a lost machine beside its pods: the data on it, and services of the machine itself.
#pragma once

#include <string>
#include <vector>
#include <nlohmann/json.hpp>

#include "compiler/placement/machine_loss.h"

namespace hlab::commands {

/// Adds `volumes` and `host-services` to an object.
void add_json(nlohmann::ordered_json& out, const placement::MachineLoss& loss);
[[nodiscard]] nlohmann::ordered_json names_json(const std::vector<model::View>& volumes);

/// A line for each, or "".
[[nodiscard]] std::string lines_of(const placement::MachineLoss& loss);
/// "gone with the node that each lies on: ...", or "".
[[nodiscard]] std::string line_of_any(const std::vector<model::View>& volumes);

}  // namespace hlab::commands
