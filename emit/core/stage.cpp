#include "emit/core/stage.h"

#include <cerrno>

#include <fcntl.h>

namespace hlab::emit {
namespace {

int write_file(FileOps& ops, int folder, const std::string& name, const PlannedFile& file,
               Flush flush) {
  const mode_t mode = file.executable ? 0755 : 0644;
  const OwnedFd fd(ops,
                   ops.open(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode));
  if (!fd.ok()) return fd.get();
  if (const int result = write_all(ops, fd.get(), file.bytes); result < 0) return result;
  return flush == Flush::each ? ops.sync(fd.get()) : 0;
}

Placement placement_of(const PlannedFile& file, std::size_t number) {
  Placement placement;
  placement.staged = std::to_string(number);
  placement.folder = !file.new_folder.empty();
  placement.path = placement.folder ? file.new_folder : file.path;
  placement.before = file.before;
  placement.after = file.digest;
  return placement;
}

}  // namespace

int stage_file(FileOps& ops, FolderCursor& cursor, std::string_view path, const PlannedFile& file,
               Flush flush) {
  const int folder = cursor.enter(folder_part(path));
  if (folder < 0) return folder;
  return write_file(ops, folder, std::string(name_part(path)), file, flush);
}

std::vector<Placement> stage_change(FileOps& ops, int staging, const TreePlan& plan, Flush flush,
                                    Problems& problems) {
  std::vector<Placement> placements;
  FolderCursor cursor(ops, staging, FolderCursor::Missing::make);
  for (const PlannedFile& file : plan.writes) {
    const bool same_folder = !file.new_folder.empty() && !placements.empty() &&
                             placements.back().path == file.new_folder;
    if (!same_folder) placements.push_back(placement_of(file, placements.size()));
    std::string path = placements.back().staged;
    if (!file.new_folder.empty()) path += file.path.substr(file.new_folder.size());
    const int result = stage_file(ops, cursor, path, file, flush);
    if (result < 0) {
      problems.system(result, file.path, "write");
      break;
    }
  }
  return placements;
}

int remove_content(FileOps& ops, int folder) {
  std::vector<std::string> names;
  if (const int result = ops.list(folder, names); result < 0) return result;
  for (const std::string& name : names) {
    int result = ops.remove_file(folder, name.c_str());
    if (result == -EISDIR) result = remove_tree(ops, folder, name);
    if (result < 0 && result != -ENOENT) return result;
  }
  return 0;
}

int remove_tree(FileOps& ops, int parent, const std::string& name) {
  {
    const OwnedFd folder = open_folder(ops, parent, name.c_str());
    if (folder.get() == -ENOENT) return 0;
    if (!folder.ok()) return folder.get();
    if (const int result = remove_content(ops, folder.get()); result < 0) return result;
  }
  const int result = ops.remove_folder(parent, name.c_str());
  return result == -ENOENT ? 0 : result;
}

}  // namespace hlab::emit
