#include "compiler/driver/place_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/driver/tree_objects.h"

namespace hlab::driver {
namespace {

constexpr const char* kHostname = "kubernetes.io/hostname";
/// The storage that K3s brings: each volume is a folder of one machine.
constexpr std::string_view kLocalClass = "local-path";

using Name = std::pair<std::string, std::string>;  // namespace and name

/// What runs on machines that are named, or on any.
struct Placed {
  std::string path;
  Name name;
  std::set<std::string> machines;
  std::set<std::string> claims;
};

void add_terms(const YAML::Node& affinity, std::set<std::string>& out) {
  const YAML::Node required = child_of(child_of(affinity, "nodeAffinity"),
                                       "requiredDuringSchedulingIgnoredDuringExecution");
  const YAML::Node terms = child_of(required, "nodeSelectorTerms");
  for (std::size_t t = 0; terms && t < terms.size(); ++t) {
    const YAML::Node wanted = child_of(terms[t], "matchExpressions");
    for (std::size_t i = 0; wanted && i < wanted.size(); ++i) {
      if (text_in(wanted[i], "key") != kHostname) continue;
      const YAML::Node values = child_of(wanted[i], "values");
      for (std::size_t v = 0; values && v < values.size(); ++v)
        out.insert(values[v].as<std::string>(""));
    }
  }
}

Placed placed_by(std::string_view path, const YAML::Node& object) {
  const YAML::Node metadata = child_of(object, "metadata");
  const YAML::Node pod = child_of(child_of(child_of(object, "spec"), "template"), "spec");
  Placed out{
      std::string(path), {text_in(metadata, "namespace"), text_in(metadata, "name")}, {}, {}};
  const std::string one = text_in(child_of(pod, "nodeSelector"), kHostname);
  if (!one.empty()) out.machines.insert(one);
  add_terms(child_of(pod, "affinity"), out.machines);
  const YAML::Node volumes = child_of(pod, "volumes");
  for (std::size_t i = 0; volumes && i < volumes.size(); ++i) {
    const std::string claim = text_in(child_of(volumes[i], "persistentVolumeClaim"), "claimName");
    if (!claim.empty()) out.claims.insert(claim);
  }
  return out;
}

/// What claims volumes.
std::vector<Placed> placed_in(std::string_view path, const std::string& bytes) {
  std::vector<Placed> out;
  if (!is_object_file(path) || bytes.find("claimName") == std::string::npos) return out;
  for (const YAML::Node& object : objects_in(bytes)) {
    Placed one = placed_by(path, object);
    if (!one.claims.empty()) out.push_back(std::move(one));
  }
  return out;
}

/// The tree as it is now.
struct Now {
  std::multimap<Name, Placed> placed;        // by what they claim
  std::map<Name, std::string> local_claims;  // and their class
};

Now now_in(const emit::FileTree& tree, const std::set<std::string>& local_classes) {
  Now out;
  for (const emit::OutputFile* file : tree.sorted()) {
    const bool says_where = file->bytes.find(kHostname) != std::string::npos;
    for (const Placed& one :
         says_where ? placed_in(file->path, file->bytes) : std::vector<Placed>()) {
      for (const std::string& claim : one.claims)
        if (!one.machines.empty()) out.placed.emplace(Name(one.name.first, claim), one);
    }
    if (!is_object_file(file->path) ||
        file->bytes.find("kind: PersistentVolumeClaim\n") == std::string::npos)
      continue;
    for (const YAML::Node& object : objects_in(file->bytes)) {
      const YAML::Node metadata = child_of(object, "metadata");
      const std::string of_class = text_in(child_of(object, "spec"), "storageClassName");
      if (text_in(object, "kind") == "PersistentVolumeClaim" && local_classes.contains(of_class))
        out.local_claims.emplace(Name(text_in(metadata, "namespace"), text_in(metadata, "name")),
                                 of_class);
    }
  }
  return out;
}

bool share(const std::set<std::string>& left, const std::set<std::string>& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](const std::string& one) { return right.contains(one); });
}

/// Pods that went elsewhere, under their own name or another, and claims that they keep, by class.
struct Moved {
  Placed before;
  Placed now;
  std::map<std::string, std::vector<std::string>> kept;
};

std::string moved_text(const Moved& moved) {
  std::vector<std::string> kept;
  for (const auto& [of_class, claims] : moved.kept)
    kept.push_back(fmt::format("`{}` where it is (`{}`)", of_class, fmt::join(claims, "`, `")));
  if (moved.before.machines.empty()) {
    return fmt::format(
        "The pods of `{}` ran on any machine, and now go to `{}`. Kubernetes keeps what they claim on {}: if that is another\n"
        "machine (`kubectl get pv` tells), they wait for ever. Save the data, delete the claim, and copy it back into the new one.\n",
        moved.now.name.second, fmt::join(moved.now.machines, "`, `"), fmt::join(kept, " and "));
  }
  return fmt::format(
      "The pods of `{}` go from `{}` to `{}`. Kubernetes keeps what they claim on {}, so they wait\n"
      "for ever. Save the data, delete the claim, and copy it back into the new one.\n",
      moved.now.name.second, fmt::join(moved.before.machines, "`, `"),
      fmt::join(moved.now.machines, "`, `"), fmt::join(kept, " and "));
}

}  // namespace

std::string place_changes(const emit::WriteResult& written, const emit::FileTree& tree,
                          const std::set<std::string>& local_classes) {
  std::vector<Placed> before;
  for (const auto* files : {&written.replaced, &written.pruned}) {
    for (const emit::FormerFile& file : *files) {
      for (Placed& one : placed_in(file.path, file.bytes)) before.push_back(std::move(one));
    }
  }
  if (before.empty()) return "";
  std::set<std::string> classes = local_classes;
  classes.emplace(kLocalClass);
  const Now now = now_in(tree, classes);
  std::map<std::pair<Name, Name>, Moved> moved;
  for (const Placed& one : before) {
    for (const std::string& claim : one.claims) {
      const Name whole(one.name.first, claim);
      const auto local = now.local_claims.find(whole);
      const auto [first, last] = now.placed.equal_range(whole);
      for (auto at = first; local != now.local_claims.end() && at != last; ++at) {
        if (share(one.machines, at->second.machines)) continue;
        Moved& told = moved.try_emplace({one.name, at->second.name}, Moved{one, at->second, {}})
                          .first->second;
        told.kept[local->second].push_back(claim);
      }
    }
  }
  std::string out;
  for (const auto& [_, one] : moved) out += moved_text(one);
  return out;
}

}  // namespace hlab::driver
