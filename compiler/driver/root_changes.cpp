#include "compiler/driver/root_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "compiler/driver/tree_objects.h"

namespace hlab::driver {
namespace {

/// The root application of Argo CD: where it stands, and the folder with all the others.
struct Root {
  std::string path;
  std::string folder;
};

void add_roots(std::string_view path, const std::string& bytes, std::vector<Root>& out) {
  if (!is_object_file(path) || bytes.find("name: root\n") == std::string::npos) return;
  for (const YAML::Node& object : objects_in(bytes)) {
    if (text_in(object, "kind") != "Application") continue;
    if (text_in(child_of(object, "metadata"), "name") != "root") continue;
    const YAML::Node source = child_of(child_of(object, "spec"), "source");
    if (source && source.IsMap()) out.push_back({std::string(path), text_in(source, "path")});
  }
}

std::vector<Root> roots_before(const emit::WriteResult& written) {
  std::vector<Root> out;
  for (const auto* files : {&written.pruned, &written.replaced}) {
    for (const emit::FormerFile& file : *files) add_roots(file.path, file.bytes, out);
  }
  return out;
}

/// File names of the folder itself, in the order of the tree.
std::set<std::string> names_in(const std::string& folder, const std::vector<std::string>& paths) {
  std::set<std::string> out;
  for (const std::string& path : paths) {
    if (path.size() <= folder.size() || !path.starts_with(folder + "/")) continue;
    const std::string name = path.substr(folder.size() + 1);
    if (name.find('/') == std::string::npos) out.insert(name);
  }
  return out;
}

/// The root that reads now what the other one read: the one with most of its files.
const Root* successor_of(const Root& before, const std::vector<Root>& now,
                         const std::vector<std::string>& gone,
                         const std::vector<std::string>& there) {
  const std::set<std::string> read = names_in(before.folder, gone);
  const Root* best = nullptr;
  std::size_t most = 0;
  for (const Root& one : now) {
    const std::set<std::string> reads = names_in(one.folder, there);
    const auto both = static_cast<std::size_t>(std::count_if(
        read.begin(), read.end(), [&](const std::string& name) { return reads.contains(name); }));
    if (both > most) best = &one;
    most = std::max(most, both);
  }
  return best;
}

}  // namespace

std::string root_changes(const emit::WriteResult& written, const emit::FileTree& tree) {
  const std::vector<Root> before = roots_before(written);
  if (before.empty()) return "";
  std::vector<Root> now;
  std::vector<std::string> there;
  for (const emit::OutputFile* file : tree.sorted()) {
    there.push_back(file->path);
    add_roots(file->path, file->bytes, now);
  }
  std::vector<std::string> gone;
  for (const emit::FormerFile& file : written.pruned) gone.push_back(file.path);
  std::string out;
  for (const Root& root : before) {
    const bool is_read = std::any_of(now.begin(), now.end(),
                                     [&](const Root& one) { return one.folder == root.folder; });
    const Root* next = is_read ? nullptr : successor_of(root, now, gone, there);
    if (next == nullptr) continue;
    out += fmt::format(
        "Argo CD reads `{0}`, and what lay there lies in `{1}` now. What runs does not follow by itself: once this "
        "is\npushed, `kubectl apply -f {2}`. Or keep the folder: `layout.applications = \"{0}\"` in its `gitops`.\n",
        root.folder, next->folder, next->path);
  }
  return out;
}

}  // namespace hlab::driver
