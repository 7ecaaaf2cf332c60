#include "emit/core/disk_state.h"

#include <cerrno>

#include <fcntl.h>

#include "emit/core/tree_plan.h"

namespace hlab::emit {

Found DiskState::failed(int result, std::string_view path) {
  problems_.system(result, path, "read");
  Found found;
  found.kind = Found::Kind::failed;
  return found;
}

Found DiskState::unreachable(int result, const std::string& path) {
  Found found;
  found.stopped_at = cursor_.stopped_at();
  if (result == -ENOENT) return found;
  if (result != -ENOTDIR && result != -ELOOP) return failed(result, found.stopped_at);
  found.kind = Found::Kind::blocked;
  const std::string at = found.stopped_at;
  if (at != path) found.link = look_at(at).link;
  found.stopped_at = at;
  return found;
}

Found DiskState::not_opened(int result, const std::string& path) {
  Found found;
  if (result == -ENOENT) return found;
  if (result != -ELOOP && result != -ENXIO) return failed(result, path);
  found.kind = Found::Kind::other;
  found.link = result == -ELOOP;
  return found;
}

Found DiskState::opened(OwnedFd fd, const std::string& path, const PlannedFile* wanted) {
  Found found;
  struct stat status {};
  if (const int result = ops_.status(fd.get(), status); result < 0) return failed(result, path);
  if (S_ISDIR(status.st_mode)) {
    found.kind = Found::Kind::folder;
    return found;
  }
  if (!S_ISREG(status.st_mode)) {
    found.kind = Found::Kind::other;
    return found;
  }
  found.kind = Found::Kind::file;
  found.executable = (status.st_mode & S_IXUSR) != 0;
  buffer_.clear();
  const int result = read_all(ops_, fd.get(), static_cast<std::size_t>(status.st_size), buffer_);
  if (result < 0) return failed(result, path);
  found.bytes = buffer_;
  found.same = wanted != nullptr && wanted->bytes == found.bytes;
  return found;
}

Found DiskState::look_at(const std::string& path, const PlannedFile* wanted) & {
  const int folder = cursor_.enter(folder_part(path));
  if (folder < 0) return unreachable(folder, path);
  const std::string name(name_part(path));
  // Non-blocking: opening a pipe that stands here must not wait for its other end.
  OwnedFd fd(ops_, ops_.open(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0));
  return fd.ok() ? opened(std::move(fd), path, wanted) : not_opened(fd.get(), path);
}

bool DiskState::list(const std::string& path, std::vector<std::string>& names) {
  const int folder = cursor_.enter(path);
  if (folder < 0) return false;
  if (const int result = ops_.list(folder, names); result < 0) {
    failed(result, path);
    return false;
  }
  return true;
}

void DiskState::check_writable(std::string_view folder) {
  if (writable_.contains(folder)) return;
  writable_.emplace(folder);
  const int fd = cursor_.enter(folder);
  if (fd < 0) return;  // a file stands there now, and goes first
  if (const int result = ops_.may_write(fd); result < 0) {
    problems_.system(result, folder, "write into this folder");
  }
}

}  // namespace hlab::emit
