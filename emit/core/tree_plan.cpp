#include "emit/core/tree_plan.h"

#include <algorithm>
#include <map>

#include "compiler/base/deep_thread.h"
#include "emit/core/disk_state.h"
#include "emit/core/folder_cursor.h"

namespace hlab::emit {
namespace {

std::string joined(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + '/' + std::string(name);
}

bool by_path(const PlannedFile& a, const PlannedFile& b) { return a.path < b.path; }

/// The folders that keep a manifest, longest first, so that the nearest one wins.
std::vector<std::string> nearest_first(std::vector<std::string> folders) {
  std::sort(folders.begin(), folders.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

/// Adds the manifest of each folder that has files; the top one always, for it lists the folders.
void plan_manifests(TreePlan& plan, const std::vector<std::string>& folders) {
  const std::vector<std::string> order = nearest_first(folders);
  std::map<std::string_view, Manifest> manifests;
  Manifest& top = manifests[""];
  for (const PlannedFile& file : plan.writes) {
    std::string_view home;
    for (const std::string& folder : order) {
      if (!is_below(file.path, folder)) continue;
      home = folder;
      break;
    }
    const std::size_t skip = home.empty() ? 0 : home.size() + 1;
    manifests[home].files.push_back({file.path.substr(skip), file.digest});
  }
  for (const auto& [folder, manifest] : manifests) {
    if (!folder.empty()) top.folders.emplace_back(folder);
  }
  for (const auto& [folder, manifest] : manifests) {
    const std::string& text = plan.manifest_texts.emplace_back(write_manifest(manifest));
    plan.writes.push_back(
        {joined(folder, kManifestName), text, sha256(text), false, true, std::nullopt, {}});
  }
}

/// What hlab wrote here last time, all manifests together.
class Ownership {
 public:
  Ownership(DiskState& disk, Problems& problems) : disk_(disk), problems_(problems) {}

  void load(const std::vector<std::string>& folders) {
    std::vector<std::string> wanted = folders;
    read("", &wanted);
    for (const std::string& folder : nearest_first(wanted)) read(folder, nullptr);
    const auto less = [](const OwnedFile& a, const OwnedFile& b) { return a.path < b.path; };
    std::sort(files_.begin(), files_.end(), less);
    std::sort(manifests_.begin(), manifests_.end(), less);
  }

  [[nodiscard]] const std::vector<OwnedFile>& files() const { return files_; }
  [[nodiscard]] const std::vector<OwnedFile>& manifests() const { return manifests_; }
  [[nodiscard]] const Digest* digest_of(std::string_view path) const {
    const auto at = std::lower_bound(
        files_.begin(), files_.end(), path,
        [](const OwnedFile& file, std::string_view wanted) { return file.path < wanted; });
    return at == files_.end() || at->path != path ? nullptr : &at->digest;
  }

 private:
  void read(const std::string& folder, std::vector<std::string>* folders) {
    const std::string path = joined(folder, kManifestName);
    const Found found = disk_.look_at(path);
    if (found.kind == Found::Kind::missing || found.kind == Found::Kind::blocked) return;
    const auto manifest = found.kind == Found::Kind::file ? read_manifest(found.bytes)
                                                          : std::optional<Manifest>{};
    if (!manifest) {
      problems_.add(WriteFault::bad_manifest, path);
      return;
    }
    manifests_.push_back({path, sha256(found.bytes)});
    for (const OwnedFile& file : manifest->files) {
      files_.push_back({joined(folder, file.path), file.digest});
    }
    if (folders == nullptr) return;
    folders->insert(folders->end(), manifest->folders.begin(), manifest->folders.end());
  }

  DiskState& disk_;
  Problems& problems_;
  std::vector<OwnedFile> files_;
  std::vector<OwnedFile> manifests_;
};

class Planner {
 public:
  Planner(FileOps& ops, int root, TreePlan& plan, const Remembers& remembers, Problems& problems)
      : disk_(ops, root, problems),
        owned_(disk_, problems),
        plan_(plan),
        remembers_(remembers),
        problems_(problems) {}

  void run(const std::vector<std::string>& folders) {
    owned_.load(folders);
    if (!problems_.empty()) return;
    std::vector<PlannedFile> wanted = std::move(plan_.writes);
    plan_.writes.clear();
    find_removals(wanted);
    for (PlannedFile& file : wanted) decide(std::move(file));
    check_permissions();
  }

 private:
  static bool contains(const std::vector<PlannedFile>& wanted, std::string_view path) {
    const auto at = std::lower_bound(
        wanted.begin(), wanted.end(), path,
        [](const PlannedFile& file, std::string_view p) { return file.path < p; });
    return at != wanted.end() && at->path == path;
  }

  void find_removals(const std::vector<PlannedFile>& wanted) {
    for (const OwnedFile& file : owned_.files()) {
      if (contains(wanted, file.path)) continue;
      const Found found = disk_.look_at(file.path);
      if (found.kind == Found::Kind::missing || found.kind == Found::Kind::blocked) continue;
      if (found.kind != Found::Kind::file || sha256(found.bytes) != file.digest) {
        problems_.add(WriteFault::edited, file.path);
        continue;
      }
      plan_.removals.push_back(file);
      plan_.pruned.push_back({file.path, std::string(found.bytes)});
    }
    for (const OwnedFile& manifest : owned_.manifests()) {
      if (!contains(wanted, manifest.path)) plan_.removals.push_back(manifest);
    }
    std::sort(plan_.removals.begin(), plan_.removals.end(),
              [](const OwnedFile& a, const OwnedFile& b) { return a.path < b.path; });
  }

  [[nodiscard]] bool is_removed(std::string_view path) const {
    const auto at = std::lower_bound(
        plan_.removals.begin(), plan_.removals.end(), path,
        [](const OwnedFile& file, std::string_view p) { return file.path < p; });
    return at != plan_.removals.end() && at->path == path;
  }

  void decide(PlannedFile file) {
    const Found found = disk_.look_at(file.path, &file);
    switch (found.kind) {
      case Found::Kind::missing: file.new_folder = found.stopped_at; break;
      case Found::Kind::blocked:
        if (!is_removed(found.stopped_at)) {
          problems_.add(found.link ? WriteFault::link : WriteFault::foreign, found.stopped_at);
          return;
        }
        file.new_folder = found.stopped_at;
        break;
      case Found::Kind::folder:
        if (!holds_only_removals(file.path)) {
          problems_.add(WriteFault::foreign, file.path);
          return;
        }
        break;
      case Found::Kind::other:
        problems_.add(found.link ? WriteFault::link : WriteFault::foreign, file.path);
        return;
      case Found::Kind::file:
        if (!may_replace(file, found)) return;
        if (remembers_ && !found.same && remembers_(file.path))
          plan_.replaced.push_back({file.path, std::string(found.bytes)});
        break;
      case Found::Kind::failed: return;
    }
    plan_.writes.push_back(std::move(file));
  }

  /// Whether the regular file found differs from the one wanted, and is ours to replace.
  bool may_replace(PlannedFile& file, const Found& found) {
    if (found.same && found.executable == file.executable) {
      if (!file.manifest) ++plan_.unchanged;
      return false;
    }
    file.before = found.same ? file.digest : sha256(found.bytes);
    if (file.manifest || found.same) return true;
    const Digest* const owned = owned_.digest_of(file.path);
    if (owned != nullptr && *owned == *file.before) return true;
    problems_.add(owned == nullptr ? WriteFault::foreign : WriteFault::edited, file.path);
    return false;
  }

  /// A folder that will be gone once what hlab no longer generates is removed.
  bool holds_only_removals(const std::string& folder) {
    std::vector<std::string> names;
    if (!disk_.list(folder, names)) return false;
    return !names.empty() && std::all_of(names.begin(), names.end(), [&](const auto& name) {
      const std::string path = joined(folder, name);
      return is_removed(path) || holds_only_removals(path);
    });
  }

  /// A folder that may not be written would stop the build half way.
  void check_permissions() {
    if (!problems_.empty()) return;
    for (const PlannedFile& file : plan_.writes) {
      disk_.check_writable(folder_part(file.new_folder.empty() ? file.path : file.new_folder));
    }
    for (const OwnedFile& file : plan_.removals) disk_.check_writable(folder_part(file.path));
    if (!plan_.empty()) disk_.check_writable("");
  }

  DiskState disk_;
  Ownership owned_;
  TreePlan& plan_;
  const Remembers& remembers_;
  Problems& problems_;
};

}  // namespace

TreePlan plan_new_tree(const FileTree& files, const std::vector<std::string>& folders) {
  TreePlan plan;
  plan.writes.reserve(files.size() + folders.size() + 1);
  for (const OutputFile* file : files.sorted()) {
    plan.writes.push_back({file->path, file->bytes, {}, file->executable, false, std::nullopt, {}});
  }
  in_parallel(plan.writes.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) plan.writes[i].digest = sha256(plan.writes[i].bytes);
  });
  plan_manifests(plan, folders);
  std::sort(plan.writes.begin(), plan.writes.end(), by_path);
  return plan;
}

TreePlan plan_change(FileOps& ops, int root, const FileTree& files,
                     const std::vector<std::string>& folders, const Remembers& remembers,
                     Problems& problems) {
  TreePlan plan = plan_new_tree(files, folders);
  Planner(ops, root, plan, remembers, problems).run(folders);
  return plan;
}

}  // namespace hlab::emit
