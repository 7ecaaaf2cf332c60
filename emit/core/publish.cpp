#include "emit/core/publish.h"

#include <cerrno>

#include "emit/core/disk_state.h"

namespace hlab::emit {
namespace {

using Kind = Found::Kind;

bool is_absent(const Found& found) {
  return found.kind == Kind::missing || found.kind == Kind::blocked;
}

bool holds(const Found& found, const Digest& digest) {
  return found.kind == Kind::file && sha256(found.bytes) == digest;
}

}  // namespace

bool Publisher::failed(int result, std::string_view path, std::string_view doing) {
  problems_.system(result, path, doing);
  return false;
}

bool Publisher::check_placement(const Placement& placement) {
  DiskState target(ops_, root_, problems_);
  DiskState stage(ops_, staging_, problems_);
  const bool staged = stage.look_at(placement.staged).kind != Kind::missing;
  const Found now = target.look_at(placement.path);
  if (placement.folder) return staged ? now.kind != Kind::folder : now.kind == Kind::folder;
  if (holds(now, placement.after)) return true;
  if (!staged) return false;
  return placement.before ? holds(now, *placement.before) : now.kind != Kind::file;
}

bool Publisher::check_removal(const OwnedFile& file) {
  DiskState disk(ops_, root_, problems_);  // owns the bytes of what it finds
  const Found now = disk.look_at(file.path);
  // A folder in its place is left alone; so nothing is lost by going on.
  return is_absent(now) || now.kind == Kind::folder || holds(now, file.digest);
}

bool Publisher::check(const Journal& journal) {
  for (const Placement& placement : journal.placements) {
    if (!check_placement(placement)) problems_.add(WriteFault::edited, placement.path);
  }
  for (const auto* files : {&journal.clear_first, &journal.removals}) {
    for (const OwnedFile& file : *files) {
      if (!check_removal(file)) problems_.add(WriteFault::edited, file.path);
    }
  }
  return problems_.empty();
}

bool Publisher::place(FolderCursor& cursor, const Placement& placement, Flush flush) {
  const int folder = cursor.enter(folder_part(placement.path));
  if (folder < 0) return failed(folder, placement.path, "open the folder of");
  const std::string name(name_part(placement.path));
  const int result = ops_.rename(staging_, placement.staged.c_str(), folder, name.c_str(),
                                 placement.before ? Replace::allowed : Replace::refused);
  if (result == -ENOENT) return true;  // done before the last build was cut off
  if (result < 0) return failed(result, placement.path, "put in place");
  if (flush == Flush::later) return true;
  const int synced = ops_.sync(folder);
  return synced < 0 ? failed(synced, placement.path, "flush the folder of") : true;
}

bool Publisher::remove(const OwnedFile& file, Flush flush) {
  const int folder = cursor_.enter(folder_part(file.path));
  if (folder == -ENOENT || folder == -ENOTDIR) return true;
  if (folder < 0) return failed(folder, file.path, "open the folder of");
  const int result = ops_.remove_file(folder, std::string(name_part(file.path)).c_str());
  // A folder: what had to make way did, and its successor is in place.
  if (result < 0 && result != -ENOENT && result != -EISDIR) {
    return failed(result, file.path, "remove");
  }
  if (flush == Flush::each) ops_.sync(folder);
  if (result != -EISDIR) remove_empty_parents(file.path);
  return true;
}

void Publisher::remove_empty_parents(std::string_view path) {
  for (path = folder_part(path); !path.empty(); path = folder_part(path)) {
    const int parent = cursor_.enter(folder_part(path));
    if (parent < 0) return;
    if (ops_.remove_folder(parent, std::string(name_part(path)).c_str()) < 0) return;
  }
}

bool Publisher::run(const Journal& journal, Flush flush) {
  for (const OwnedFile& file : journal.clear_first) {
    if (!remove(file, flush)) return false;
  }
  // Makes folders again that the removals above emptied.
  FolderCursor making(ops_, root_, FolderCursor::Missing::make);
  for (const Placement& placement : journal.placements) {
    if (!place(making, placement, flush)) return false;
  }
  cursor_.reset();
  for (const OwnedFile& file : journal.removals) {
    if (!remove(file, flush)) return false;
  }
  if (flush == Flush::each) return true;
  const int synced = ops_.sync_all(root_);
  return synced < 0 ? failed(synced, "", "flush") : true;
}

}  // namespace hlab::emit
