// Kubernetes objects in files that a build wrote, earlier or now.
#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hlab::driver {

[[nodiscard]] bool is_object_file(std::string_view path);

/// The documents of a file that are maps; none of one that cannot be read, for an older hlab may have
/// written it otherwise.
[[nodiscard]] std::vector<YAML::Node> objects_in(const std::string& bytes);

using Files = std::map<std::string, std::string, std::less<>>;  // bytes by path

/// The first document of a file; undefined where there is no such file, or none in it.
[[nodiscard]] YAML::Node file_in(const Files& files, const std::string& path);

/// Undefined where there is none, or where it stands in no map.
[[nodiscard]] YAML::Node child_of(const YAML::Node& map, const std::string& key);

/// "" where there is no such text.
[[nodiscard]] std::string text_in(const YAML::Node& map, const std::string& key);

}  // namespace hlab::driver
