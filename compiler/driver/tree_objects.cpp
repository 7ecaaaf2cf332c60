#include "compiler/driver/tree_objects.h"

namespace hlab::driver {

bool is_object_file(std::string_view path) { return path.ends_with(".yaml"); }

std::vector<YAML::Node> objects_in(const std::string& bytes) {
  std::vector<YAML::Node> out;
  try {
    for (const YAML::Node& document : YAML::LoadAll(bytes)) {
      if (document.IsMap()) out.push_back(document);
    }
  } catch (const YAML::Exception&) {
    return {};
  }
  return out;
}

YAML::Node file_in(const Files& files, const std::string& path) {
  const auto found = files.find(path);
  if (found == files.end()) return YAML::Node(YAML::NodeType::Undefined);
  const std::vector<YAML::Node> objects = objects_in(found->second);
  return objects.empty() ? YAML::Node(YAML::NodeType::Undefined) : objects.front();
}

YAML::Node child_of(const YAML::Node& map, const std::string& key) {
  return map && map.IsMap() ? map[key] : YAML::Node(YAML::NodeType::Undefined);
}

std::string text_in(const YAML::Node& map, const std::string& key) {
  const YAML::Node found = child_of(map, key);
  return found && found.IsScalar() ? found.as<std::string>("") : "";
}

}  // namespace hlab::driver
