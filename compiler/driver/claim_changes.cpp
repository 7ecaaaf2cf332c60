#include "compiler/driver/claim_changes.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace hlab::driver {
namespace {

/// Namespace and name.
using Name = std::pair<std::string, std::string>;

/// What Kubernetes keeps as it was when the claim was made.
struct Claim {
  Name name;
  std::string storage_class;
  std::string mode;
};

std::optional<Claim> claim_in(std::string_view path, const std::string& bytes) {
  if (!is_claim_file(path)) return std::nullopt;
  try {
    const YAML::Node object = YAML::Load(bytes);
    const YAML::Node metadata = object["metadata"];
    const YAML::Node spec = object["spec"];
    return Claim{{metadata["namespace"].as<std::string>(""), metadata["name"].as<std::string>("")},
                 spec["storageClassName"].as<std::string>(""),
                 spec["accessModes"][0].as<std::string>("")};
  } catch (const YAML::Exception&) {
    return std::nullopt;  // an older hlab may have written it otherwise
  }
}

/// Claims as they were and as they are.
struct Changes {
  std::vector<Claim> gone;
  std::vector<std::pair<Claim, Claim>> kept;
};

/// A file at the same place is about the same claim, for two clusters may have claims of one name. One whose
/// file is gone may have another file now.
Changes changes_in(const emit::WriteResult& written, const std::map<std::string, Claim>& now) {
  Changes out;
  std::map<Name, Claim> moved;
  for (const auto* files : {&written.pruned, &written.replaced}) {
    for (const emit::FormerFile& file : *files) {
      const auto before = claim_in(file.path, file.bytes);
      if (!before) continue;
      const auto there = now.find(file.path);
      if (there != now.end() && there->second.name == before->name) {
        out.kept.emplace_back(*before, there->second);
      } else {
        moved.emplace(before->name, *before);
      }
    }
  }
  for (const auto& [path, claim] : now) {
    const auto before = moved.find(claim.name);
    if (before == moved.end()) continue;
    out.kept.emplace_back(before->second, claim);
    moved.erase(before);
  }
  for (const auto& [name, claim] : moved) out.gone.push_back(claim);
  return out;
}

std::string named(const Claim& claim) {
  return fmt::format("The claim `{}` in namespace `{}`", claim.name.second, claim.name.first);
}

std::string left(const std::vector<Claim>& claims) {
  std::string out;
  for (const Claim& claim : claims) out += named(claim) + " left the tree.\n";
  if (out.empty()) return "";
  return out + fmt::format(
                   "The cluster keeps {}. A service that has only a new name goes on with its data "
                   "where it says\nthe old `namespace`, and its volumes the old `claim`.\n",
                   claims.size() == 1 ? "it and its data" : "them and their data");
}

/// What a changed claim would have to be again, in the words of the lab.
std::string changed(const Claim& before, const Claim& now) {
  std::string out;
  if (before.storage_class != now.storage_class && !before.storage_class.empty())
    out += fmt::format("{} had the storage class `{}`, and has `{}` now.\n", named(now),
                       before.storage_class, now.storage_class);
  if (before.mode != now.mode && !before.mode.empty())
    out += fmt::format("{} could be mounted as `{}`, and now as `{}`.\n", named(now), before.mode,
                       now.mode);
  return out;
}

std::string changed(const std::vector<std::pair<Claim, Claim>>& claims) {
  std::string out;
  for (const auto& [before, now] : claims) out += changed(before, now);
  if (out.empty()) return "";
  return out +
         "Kubernetes refuses that of a claim that is there. Keep what it was made with "
         "(`storage-class`, `mode` of\nthe volume), or give the volume a new `claim` and copy the "
         "data: the old one stays until it is deleted.\n";
}

}  // namespace

bool is_claim_file(std::string_view path) {
  return path.substr(path.rfind('/') + 1).starts_with("persistentvolumeclaim-");
}

std::string claim_changes(const emit::WriteResult& written, const emit::FileTree& tree) {
  if (written.pruned.empty() && written.replaced.empty()) return "";
  std::map<std::string, Claim> now;
  for (const emit::OutputFile* file : tree.sorted()) {
    if (const auto claim = claim_in(file->path, file->bytes)) now.emplace(file->path, *claim);
  }
  const Changes changes = changes_in(written, now);
  return left(changes.gone) + changed(changes.kept);
}

}  // namespace hlab::driver
