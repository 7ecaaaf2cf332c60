#include "compiler/driver/template_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/driver/claim_terms.h"
#include "compiler/driver/tree_objects.h"

namespace hlab::driver {
namespace {

/// By the document of the file, and the place in it.
using Templates = std::map<std::pair<std::size_t, std::string>, ClaimTerms>;

std::string below(const std::string& place, const std::string& key) {
  return place.empty() ? key : place + "." + key;
}

void collect(const YAML::Node& tree, std::size_t document, const std::string& place,
             Templates& out) {
  if (tree.IsSequence()) {
    for (std::size_t i = 0; i < tree.size(); ++i)
      collect(tree[i], document, fmt::format("{}[{}]", place, i), out);
  }
  if (!tree.IsMap()) return;
  ClaimTerms terms = claim_terms(tree);
  const bool off = text_in(tree, "enabled") == "false";
  if (!terms.storage_class.empty() && !terms.size.empty() && !off)
    out.emplace(std::pair(document, place), std::move(terms));
  for (const auto& entry : tree) {
    if (entry.first.IsScalar())
      collect(entry.second, document, below(place, entry.first.Scalar()), out);
  }
}

/// Not those of claims, which are told as such.
Templates templates_in(const std::string& bytes) {
  Templates out;
  if (bytes.find("storageClass") == std::string::npos) return out;
  const std::vector<YAML::Node> documents = objects_in(bytes);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (text_in(documents[i], "kind") != "PersistentVolumeClaim") collect(documents[i], i, "", out);
  }
  return out;
}

/// Whether it lies in a folder of a service that another cluster has now.
bool has_left(const std::set<std::string>& left_cluster, const std::string& path) {
  return std::any_of(left_cluster.begin(), left_cluster.end(), [&](const std::string& manifests) {
    return path.starts_with(manifests.substr(0, manifests.rfind('/') + 1));
  });
}

std::string changes_of(const std::string& path, const std::string& before, const std::string& now) {
  std::string out;
  const Templates old = templates_in(before);
  if (old.empty()) return out;
  const Templates fresh = templates_in(now);
  for (const auto& [at, terms] : old) {
    const auto same = fresh.find(at);
    if (same == fresh.end()) continue;
    out += refused_changes(fmt::format("What `{}` claims at `{}`", path, at.second), terms,
                           same->second);
  }
  return out;
}

}  // namespace

std::string template_changes(const emit::WriteResult& written, const emit::FileTree& tree,
                             const std::set<std::string>& left_cluster) {
  std::string out;
  for (const emit::FormerFile& file : written.replaced) {
    const emit::OutputFile* now = tree.find(file.path);
    if (now != nullptr && is_object_file(file.path) && !has_left(left_cluster, file.path))
      out += changes_of(file.path, file.bytes, now->bytes);
  }
  if (out.empty()) return out;
  return out +
         "Whoever makes that claim does not change the one that is there. Keep what it was made with, or copy the data "
         "over.\n";
}

}  // namespace hlab::driver
