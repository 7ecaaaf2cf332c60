#include "compiler/driver/left_claims.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace hlab::driver {
namespace {

/// Namespace and name.
using Claim = std::pair<std::string, std::string>;

std::optional<Claim> claim_in(std::string_view path, const std::string& bytes) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (!name.starts_with("persistentvolumeclaim-")) return std::nullopt;
  try {
    const YAML::Node metadata = YAML::Load(bytes)["metadata"];
    return Claim(metadata["namespace"].as<std::string>(""), metadata["name"].as<std::string>(""));
  } catch (const YAML::Exception&) {
    return std::nullopt;  // an older hlab may have written it otherwise
  }
}

}  // namespace

std::string left_claims(const std::vector<emit::PrunedFile>& pruned, const emit::FileTree& tree) {
  std::set<Claim> left;
  for (const emit::PrunedFile& file : pruned) {
    if (const auto claim = claim_in(file.path, file.bytes)) left.insert(*claim);
  }
  if (left.empty()) return "";
  for (const emit::OutputFile* file : tree.sorted()) {
    if (const auto claim = claim_in(file->path, file->bytes)) left.erase(*claim);
  }
  std::string out;
  for (const auto& [nspace, name] : left) {
    out += fmt::format("The claim `{}` in namespace `{}` left the tree.\n", name, nspace);
  }
  if (out.empty()) return "";
  return out + fmt::format(
                   "The cluster keeps {}. A service that has only a new name goes on with its data "
                   "where it says\nthe old `namespace`, and its volumes the old `claim`.\n",
                   left.size() == 1 ? "it and its data" : "them and their data");
}

}  // namespace hlab::driver
