// A YAML document as JSON, scalars read as YAML 1.2 has them.
#pragma once

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>

namespace hlab::emit {

[[nodiscard]] nlohmann::json json_of(const YAML::Node& node, int depth = 0);

}  // namespace hlab::emit
