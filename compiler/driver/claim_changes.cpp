#include "compiler/driver/claim_changes.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <utility>
#include <vector>

#include "compiler/driver/claim_terms.h"
#include "compiler/driver/tree_objects.h"
#include "emit/gitops/under_flux.h"
#include "emit/kubernetes/object_file.h"

namespace hlab::driver {
namespace {

/// Kind, namespace and name.
struct Name {
  std::string kind;
  std::string nspace;
  std::string name;
  friend auto operator<=>(const Name&, const Name&) = default;
};

/// What holds data, and of a claim what Kubernetes keeps as it was when the claim was made.
struct Holder {
  std::string path;
  Name name;
  ClaimTerms terms;
};

constexpr std::string_view kClaim = "PersistentVolumeClaim";

/// What an engine is told to leave alone holds data: claims, and servers that keep it by themselves.
bool may_hold_data(std::string_view bytes) {
  constexpr std::string_view kMarks[] = {kClaim, "Prune=false", "fluxcd.io/prune"};
  for (const std::string_view mark : kMarks) {
    if (bytes.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

bool is_kept(const YAML::Node& metadata) {
  const YAML::Node annotations = child_of(metadata, "annotations");
  if (!annotations) return false;
  const auto& [by_flux, never] = emit::gitops::kFluxKeeps;
  const std::string options = text_in(annotations, emit::kubernetes::kKeepAnnotation.first);
  return options.find("Prune=false") != std::string::npos || text_in(annotations, by_flux) == never;
}

std::vector<Holder> holders_in(std::string_view path, const std::string& bytes) {
  std::vector<Holder> out;
  if (!is_object_file(path) || !may_hold_data(bytes)) return out;
  for (const YAML::Node& object : objects_in(bytes)) {
    const YAML::Node metadata = child_of(object, "metadata");
    const YAML::Node spec = child_of(object, "spec");
    const std::string kind = text_in(object, "kind");
    if (!metadata || kind == "Namespace" || (kind != kClaim && !is_kept(metadata))) continue;
    Holder one{std::string(path),
               {kind, text_in(metadata, "namespace"), text_in(metadata, "name")},
               kind == kClaim ? claim_terms(spec) : ClaimTerms()};
    out.push_back(std::move(one));
  }
  return out;
}

/// As they were and as they are.
struct Changes {
  std::vector<Holder> gone;
  std::vector<std::pair<Holder, Holder>> kept;
};

/// A file at the same place is about the same object, for two clusters may have objects of one name. One whose
/// file is gone may have another file now.
Changes changes_in(const emit::WriteResult& written, const std::vector<Holder>& now) {
  std::map<std::pair<std::string, Name>, const Holder*> at_path;
  std::multimap<Name, const Holder*> by_name;
  for (const Holder& one : now) {
    at_path.emplace(std::pair(one.path, one.name), &one);
    by_name.emplace(one.name, &one);
  }
  Changes out;
  for (const auto* files : {&written.pruned, &written.replaced}) {
    for (const emit::FormerFile& file : *files) {
      for (const Holder& before : holders_in(file.path, file.bytes)) {
        const auto same = at_path.find({before.path, before.name});
        const auto named = by_name.find(before.name);
        if (same != at_path.end()) {
          out.kept.emplace_back(before, *same->second);
        } else if (named != by_name.end()) {
          out.kept.emplace_back(before, *named->second);
        } else {
          out.gone.push_back(before);
        }
      }
    }
  }
  return out;
}

std::string named(const Holder& holder) {
  const std::string what = holder.name.kind == kClaim
                               ? fmt::format("The claim `{}`", holder.name.name)
                               : fmt::format("The {} `{}`", holder.name.kind, holder.name.name);
  return holder.name.nspace.empty() ? what
                                    : fmt::format("{} in namespace `{}`", what, holder.name.nspace);
}

std::string_view it_or_them(std::size_t count) {
  return count == 1 ? "it and its data" : "them and their data";
}

/// What a service's own name does not hold can go on under a new one; servers are called after their service.
std::string left(const std::vector<Holder>& gone) {
  std::string claims;
  std::string servers;
  std::size_t claim_count = 0;
  for (const Holder& one : gone) {
    const bool claim = one.name.kind == kClaim;
    (claim ? claims : servers) += named(one) + " left the tree.\n";
    if (claim) ++claim_count;
  }
  if (!claims.empty())
    claims += fmt::format(
        "The cluster keeps {}. A service that has only a new name goes on with its data where it says\nthe old "
        "`namespace`, and its volumes the old `claim`.\n",
        it_or_them(claim_count));
  if (!servers.empty())
    servers += fmt::format(
        "The cluster keeps {}. Under another name there is another one, and empty: keep the name,\nor copy the data "
        "over.\n",
        it_or_them(gone.size() - claim_count));
  return claims + servers;
}

bool is_in(const std::set<std::string>& folders, std::string_view path) {
  return folders.contains(std::string(path.substr(0, path.rfind('/'))));
}

std::string changed(const std::vector<std::pair<Holder, Holder>>& holders,
                    const std::set<std::string>& left_cluster) {
  std::string out;
  for (const auto& [before, now] : holders) {
    if (!is_in(left_cluster, before.path))
      out += refused_changes(named(now), before.terms, now.terms);
  }
  if (out.empty()) return "";
  return out +
         "Kubernetes refuses that of a claim that is there. Keep what it was made with "
         "(`storage-class`, `mode`, `size` of\nthe volume), or give the volume a new `claim` and copy the "
         "data: the old one stays until it is deleted.\n";
}

}  // namespace

std::string claim_changes(const emit::WriteResult& written, const emit::FileTree& tree,
                          const std::set<std::string>& left_cluster) {
  if (written.pruned.empty() && written.replaced.empty()) return "";
  std::vector<Holder> now;
  for (const emit::OutputFile* file : tree.sorted()) {
    for (Holder& one : holders_in(file->path, file->bytes)) now.push_back(std::move(one));
  }
  const Changes changes = changes_in(written, now);
  return left(changes.gone) + changed(changes.kept, left_cluster);
}

}  // namespace hlab::driver
