#include "emit/vendored/yaml_json.h"

#include "compiler/input/core_schema.h"

namespace hlab::emit {
namespace {

constexpr int kDeepest = 200;

nlohmann::json scalar(const YAML::Node& node) {
  if (node.Tag() == "!") return node.Scalar();  // quoted
  const input::Scalar value = input::core_scalar(node.Scalar());
  switch (value.kind) {
    case input::ScalarKind::null: return nullptr;
    case input::ScalarKind::boolean: return value.boolean;
    case input::ScalarKind::integer: return value.integer;
    case input::ScalarKind::real: return value.real;
    default: return node.Scalar();
  }
}

}  // namespace

nlohmann::json json_of(const YAML::Node& node, int depth) {
  if (depth > kDeepest || !node.IsDefined() || node.IsNull()) return nullptr;
  if (node.IsScalar()) return scalar(node);
  if (node.IsSequence()) {
    nlohmann::json out = nlohmann::json::array();
    for (const YAML::Node& item : node) out.push_back(json_of(item, depth + 1));
    return out;
  }
  nlohmann::json out = nlohmann::json::object();
  for (const auto& entry : node) {
    if (entry.first.IsScalar()) out[entry.first.Scalar()] = json_of(entry.second, depth + 1);
  }
  return out;
}

}  // namespace hlab::emit
