#include "emit/core/output_lock.h"

#include <cerrno>

#include <fcntl.h>

#include "emit/core/folder_cursor.h"
#include "emit/core/stage.h"

namespace hlab::emit {
namespace {

constexpr int kAttempts = 8;

bool is_same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// Whether `name` still leads to the folder that was locked: a build that held the lock before may
/// have moved it on.
bool still_there(FileOps& ops, int parent, const char* name, int flags, int locked) {
  const OwnedFd again(ops, ops.open(parent, name, O_RDONLY | O_DIRECTORY | flags, 0));
  struct stat a {};
  struct stat b {};
  return again.ok() && ops.status(again.get(), a) == 0 && ops.status(locked, b) == 0 &&
         is_same(a, b);
}

bool take(FileOps& ops, int fd, Problems& problems) {
  const int result = ops.lock(fd);
  if (result == 0) return true;
  if (result == -EWOULDBLOCK) {
    problems.add(WriteFault::busy, "");
  } else {
    problems.system(result, "", "lock");
  }
  return false;
}

std::string without_final_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.empty() ? "." : path;
}

/// Opens the folder `path`, making what is missing of it.
OwnedFd make_parents(FileOps& ops, const std::string& path) {
  OwnedFd fd(ops, ops.open(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY, 0));
  if (fd.get() != -ENOENT) return fd;
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos && slash != 0) {
    OwnedFd above = make_parents(ops, path.substr(0, slash));
    if (!above.ok()) return above;
  }
  const int made = ops.make_folder(AT_FDCWD, path.c_str(), 0755);
  if (made < 0 && made != -EEXIST) return {ops, made};
  return {ops, ops.open(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY, 0)};
}

}  // namespace

OwnedFd lock_existing(FileOps& ops, const std::string& output, Problems& problems) {
  const std::string path = without_final_slashes(output);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    OwnedFd fd(ops, ops.open(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY, 0));
    if (!fd.ok()) {
      if (fd.get() == -ENOTDIR) {
        problems.add(WriteFault::not_a_folder, "");
      } else if (fd.get() != -ENOENT) {
        problems.system(fd.get(), "", "open");
      }
      return fd;
    }
    if (!take(ops, fd.get(), problems)) return {};
    if (still_there(ops, AT_FDCWD, path.c_str(), 0, fd.get())) return fd;
  }
  problems.add(WriteFault::busy, "");
  return {};
}

OutputPlace place_of_missing(FileOps& ops, const std::string& output, Problems& problems) {
  const std::string path = without_final_slashes(output);
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "."
                             : slash == 0               ? "/"
                                                        : path.substr(0, slash);
  OutputPlace place{make_parents(ops, folder), std::string(name_part(path))};
  if (!place.parent.ok()) problems.system(place.parent.get(), "", "make the folder above");
  return place;
}

OwnedFd lock_staging(FileOps& ops, int parent, const std::string& name, Problems& problems) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const int made = ops.make_folder(parent, name.c_str(), 0755);
    if (made < 0 && made != -EEXIST) {
      problems.system(made, "", "make a folder to stage in, in");
      return {};
    }
    OwnedFd fd = open_folder(ops, parent, name.c_str());
    if (fd.get() == -ENOENT) continue;
    if (!fd.ok()) {
      problems.system(fd.get(), name, "open");
      return {};
    }
    if (!take(ops, fd.get(), problems)) return {};
    if (!still_there(ops, parent, name.c_str(), O_NOFOLLOW, fd.get())) continue;
    const int result = remove_content(ops, fd.get());
    if (result == 0) {
      ops.set_mode(fd.get(), 0755);
      return fd;
    }
    problems.system(result, name, "clear");
    return {};
  }
  problems.add(WriteFault::busy, "");
  return {};
}

}  // namespace hlab::emit
