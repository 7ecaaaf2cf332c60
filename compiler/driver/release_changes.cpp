#include "compiler/driver/release_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/driver/tree_objects.h"

namespace hlab::driver {
namespace {

/// Name of the release, and the namespace that it lies in.
using Release = std::pair<std::string, std::string>;

/// What an engine brings to a cluster: one file of the folder that it reads.
struct Brought {
  std::string folder;
  std::string kind;
  std::string name;
  std::string nspace;     // that of the engine
  std::string manifests;  // where its objects lie, "" without any
  std::vector<Release> releases;
};

constexpr std::string_view kOfFlux = "Kustomization";
constexpr std::string_view kOfArgo = "Application";

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

bool may_be_brought(std::string_view bytes) {
  return bytes.find("kind: Application\n") != std::string_view::npos ||
         bytes.find("kind: Kustomization\n") != std::string_view::npos ||
         bytes.find("kind: HelmRelease\n") != std::string_view::npos;
}

void add_source(Brought& out, const YAML::Node& source, const std::string& nspace) {
  if (!source || !source.IsMap()) return;
  const std::string path = text_in(source, "path");
  if (!path.empty()) out.manifests = path;
  const std::string release = text_in(child_of(source, "helm"), "releaseName");
  if (!release.empty()) out.releases.emplace_back(release, nspace);
}

Brought brought_by(std::string_view path, const YAML::Node& object) {
  const YAML::Node spec = child_of(object, "spec");
  Brought out{folder_of(path),
              text_in(object, "kind"),
              text_in(child_of(object, "metadata"), "name"),
              text_in(child_of(object, "metadata"), "namespace"),
              {},
              {}};
  if (out.kind == kOfArgo) {
    const std::string nspace = text_in(child_of(spec, "destination"), "namespace");
    add_source(out, child_of(spec, "source"), nspace);
    const YAML::Node sources = child_of(spec, "sources");
    for (std::size_t i = 0; sources && i < sources.size(); ++i) add_source(out, sources[i], nspace);
  } else if (out.kind == kOfFlux) {
    out.manifests = text_in(spec, "path");
    if (out.manifests.starts_with("./")) out.manifests.erase(0, 2);
  } else if (out.kind == "HelmRelease") {
    const std::string release = text_in(spec, "releaseName");
    const std::string nspace = text_in(spec, "targetNamespace");
    out.releases.emplace_back(
        release.empty() ? out.name : release,
        nspace.empty() ? text_in(child_of(object, "metadata"), "namespace") : nspace);
  }
  return out;
}

std::vector<Brought> brought_in(std::string_view path, const std::string& bytes) {
  std::vector<Brought> out;
  if (!is_object_file(path) || !may_be_brought(bytes)) return out;
  for (const YAML::Node& object : objects_in(bytes)) {
    const YAML::Node spec = child_of(object, "spec");
    if (spec && spec.IsMap()) out.push_back(brought_by(path, object));
  }
  return out;
}

/// The tree as it is now.
struct Now {
  std::set<Release> releases;
  std::multimap<std::pair<std::string, std::string>, Brought> brought;  // by kind and name
  std::set<std::string> folders;
  std::vector<std::string> claims;  // paths
  std::set<std::pair<std::string, std::string>>
      read;  // kind of what an engine reads there, and the folder
  std::map<std::string, std::string>
      roots;  // the file of an Application by the folder that it reads
};

Now now_in(const emit::FileTree& tree) {
  Now out;
  for (const emit::OutputFile* file : tree.sorted()) {
    out.folders.insert(folder_of(file->path));
    if (is_object_file(file->path) &&
        file->bytes.find("kind: PersistentVolumeClaim\n") != std::string::npos)
      out.claims.push_back(file->path);
    for (Brought& one : brought_in(file->path, file->bytes)) {
      out.releases.insert(one.releases.begin(), one.releases.end());
      out.read.emplace(one.kind, one.folder);
      if (one.kind == kOfArgo) out.roots.emplace(one.manifests, file->path);
      std::pair key(one.kind, one.name);
      out.brought.emplace(std::move(key), std::move(one));
    }
  }
  return out;
}

/// Whether the engine that read the folder is still there, and another one brings the service now. Where all
/// files went elsewhere the folder itself was renamed.
bool is_in_other_cluster(const Brought& before, const Now& now) {
  const auto [first, last] = now.brought.equal_range({before.kind, before.name});
  if (first == last || !now.folders.contains(before.folder)) return false;
  return std::none_of(first, last,
                      [&](const auto& one) { return one.second.folder == before.folder; });
}

bool has_claims(const Brought& service, const Now& now) {
  return !service.manifests.empty() &&
         std::any_of(now.claims.begin(), now.claims.end(), [&](const std::string& path) {
           return path.starts_with(service.manifests + "/");
         });
}

/// Folders of which an engine read things of this kind, and where that is now; those of which nothing is left.
std::map<std::string, std::string> moved_folders(const std::vector<Brought>& before, const Now& now,
                                                 std::string_view kind) {
  std::map<std::string, std::string> out;
  for (const Brought& one : before) {
    const auto found = now.brought.find({one.kind, one.name});
    if (one.kind == kind && found != now.brought.end() &&
        !now.read.contains({one.kind, one.folder}))
      out.try_emplace(one.folder, found->second.folder);
  }
  return out;
}

/// An engine that runs does not follow where a build moves what it reads.
std::string folders_text(const std::vector<Brought>& before, const Now& now) {
  std::string out;
  for (const auto& [old, folder] : moved_folders(before, now, kOfFlux)) {
    out += fmt::format(
        "What Flux reads in `{0}` is in `{1}` now. A Flux that runs goes on to read `{0}`: once this is pushed, it takes "
        "away\nwhatever it brought to its cluster. `path = \"{0}\"` of the `gitops` keeps it there.\n",
        old, folder);
  }
  for (const auto& [old, folder] : moved_folders(before, now, kOfArgo)) {
    const auto root = now.roots.find(folder);
    if (root == now.roots.end()) continue;  // no engine begins there
    out += fmt::format(
        "What Argo CD reads in `{0}` is in `{1}` now. An Argo CD that runs goes on to read `{0}`, and hears of no change: "
        "once\nthis is pushed, `kubectl apply -f {2}`. `layout.applications = \"{0}\"` of the `gitops` keeps it there.\n",
        old, folder, root->second);
  }
  return out;
}

bool is_brought_by(const Now& now, std::string_view kind, const std::string& name) {
  return now.brought.contains({std::string(kind), name});
}

/// Folders of which an engine read things of this kind and reads nothing now, each with one of those things: where there is
/// one, with one that the other engine brings now.
std::map<std::string, Brought> emptied_folders(const std::vector<Brought>& before, const Now& now,
                                               std::string_view kind, std::string_view other) {
  const auto moved = moved_folders(before, now, kind);
  std::map<std::string, Brought> out;
  for (const Brought& one : before) {
    if (one.kind != kind || now.read.contains({one.kind, one.folder}) || moved.contains(one.folder))
      continue;
    const auto [at, is_new] = out.try_emplace(one.folder, one);
    if (!is_new && is_brought_by(now, other, one.name)) at->second = one;
  }
  return out;
}

std::string emptied_of_flux(const std::string& folder, const Brought& one, const Now& now) {
  const bool by_argo = is_brought_by(now, kOfArgo, one.name);
  return fmt::format(
             "Flux reads nothing in `{}` any more{}. A Flux that runs takes away whatever it brought to its cluster, once\n"
             "this is pushed. ",
             folder, by_argo ? ", and Argo CD brings now what it brought" : "") +
         (by_argo
              ? "Before that: `flux uninstall`, which leaves in place what Flux brought.\n"
              : fmt::format(
                    "Where the cluster goes on under another name, `path = \"{}\"` of its `gitops` keeps the "
                    "folder; where Flux is\nto go and what it brought to stay, `flux uninstall` before the push.\n",
                    folder));
}

/// A root Application brought what lies in the folder, so an engine began there.
bool is_root(const std::vector<Brought>& before, const std::string& folder) {
  return std::any_of(before.begin(), before.end(), [&](const Brought& one) {
    return one.kind == kOfArgo && one.manifests == folder;
  });
}

std::string emptied_of_argo(const std::string& folder, const Brought& one, const Now& now) {
  if (!is_brought_by(now, kOfFlux, one.name)) {
    return fmt::format(
        "Argo CD reads nothing in `{0}` any more. An Argo CD that runs goes on with the Applications that it has, and hears of\n"
        "no change. Where its cluster goes on under another name: once this is pushed, `kubectl apply -f` its new `root.yaml`, "
        "or\n`layout.applications = \"{0}\"` of the `gitops` keeps the folder.\n",
        folder);
  }
  return fmt::format(
      "Argo CD reads nothing in `{0}` any more, and Flux brings now what it brought. An Argo CD that runs goes on with\n"
      "its Applications, against Flux. Before this is pushed, stop it: `kubectl -n {1} scale statefulset,deployment --all "
      "--replicas=0`.\nThen take its Applications away, each without what it brought: `kubectl -n {1} patch application "
      "NAME --type merge -p\n'{{\"metadata\":{{\"finalizers\":null}}}}'` and `kubectl -n {1} delete application NAME`.\n",
      folder, one.nspace);
}

/// Engines do not hand over to each other: the one that runs hears only that its folder is empty.
std::string engines_text(const std::vector<Brought>& before, const Now& now) {
  std::string out;
  for (const auto& [folder, one] : emptied_folders(before, now, kOfFlux, kOfArgo))
    out += emptied_of_flux(folder, one, now);
  for (const auto& [folder, one] : emptied_folders(before, now, kOfArgo, kOfFlux)) {
    if (is_root(before, folder)) out += emptied_of_argo(folder, one, now);
  }
  return out;
}

std::string moved_text(const std::set<std::string>& moved) {
  std::string out;
  for (const std::string& name : moved) out += fmt::format("`{}` went to another cluster.\n", name);
  if (out.empty()) return "";
  return out +
         "Its claims are made anew there, and empty; the data stays where it was. Copy it over, or "
         "take it from a backup.\n";
}

std::string left_text(const std::set<Release>& gone) {
  std::string out;
  for (const auto& [name, nspace] : gone)
    out += fmt::format("The release `{}` in namespace `{}` left the tree.\n", name, nspace);
  if (out.empty()) return "";
  return out +
         "Claims that a chart made may go with its release, unless they say `helm.sh/resource-policy: keep`. "
         "A service that\nhas only a new name keeps its claims where it says the old `release` and "
         "`namespace`.\n";
}

}  // namespace

ReleaseChanges release_changes(const emit::WriteResult& written, const emit::FileTree& tree) {
  std::vector<Brought> before;
  for (const auto* files : {&written.pruned, &written.replaced}) {
    for (const emit::FormerFile& file : *files) {
      for (Brought& one : brought_in(file.path, file.bytes)) before.push_back(std::move(one));
    }
  }
  ReleaseChanges out;
  if (before.empty()) return out;
  const Now now = now_in(tree);
  std::set<Release> gone;
  std::set<std::string> moved;
  for (const Brought& one : before) {
    for (const Release& release : one.releases) {
      if (!now.releases.contains(release)) gone.insert(release);
    }
    if (!is_in_other_cluster(one, now)) continue;
    if (has_claims(one, now)) moved.insert(one.name);
    if (!one.manifests.empty()) out.left_cluster.insert(one.manifests);
  }
  out.text = folders_text(before, now) + engines_text(before, now) + moved_text(moved) +
             left_text(gone);
  return out;
}

}  // namespace hlab::driver
