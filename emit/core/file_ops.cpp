#include "emit/core/file_ops.h"

#include <cerrno>
#include <cstdio>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace hlab::emit {
namespace {

template <class Call>
auto retried(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result < 0 ? static_cast<decltype(result)>(-errno) : result;
}

}  // namespace

PosixFileOps::PosixFileOps() : mask_before_(::umask(022)) {}
PosixFileOps::~PosixFileOps() { ::umask(mask_before_); }

int PosixFileOps::open(int folder, const char* name, int flags, mode_t mode) {
  return retried([&] { return ::openat(folder, name, flags | O_CLOEXEC, mode); });
}

int PosixFileOps::close(int fd) { return ::close(fd) < 0 ? -errno : 0; }

ssize_t PosixFileOps::write(int fd, std::string_view bytes) {
  return retried([&] { return ::write(fd, bytes.data(), bytes.size()); });
}

ssize_t PosixFileOps::read(int fd, char* into, std::size_t size) {
  return retried([&] { return ::read(fd, into, size); });
}

int PosixFileOps::status(int fd, struct stat& into) {
  return retried([&] { return ::fstat(fd, &into); });
}

int PosixFileOps::set_mode(int fd, mode_t mode) {
  return retried([&] { return ::fchmod(fd, mode); });
}

int PosixFileOps::make_folder(int folder, const char* name, mode_t mode) {
  return retried([&] { return ::mkdirat(folder, name, mode); });
}

int PosixFileOps::rename(int from_folder, const char* from, int to_folder, const char* to,
                         Replace replace) {
  if (replace == Replace::refused) {
    const int result =
        retried([&] { return ::renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE); });
    if (result != -EINVAL && result != -ENOSYS) return result;  // else: this file system lacks it
  }
  return retried([&] { return ::renameat(from_folder, from, to_folder, to); });
}

int PosixFileOps::remove_file(int folder, const char* name) {
  return retried([&] { return ::unlinkat(folder, name, 0); });
}

int PosixFileOps::remove_folder(int folder, const char* name) {
  return retried([&] { return ::unlinkat(folder, name, AT_REMOVEDIR); });
}

int PosixFileOps::may_write(int folder) {
  return retried([&] { return ::faccessat(folder, ".", W_OK | X_OK, AT_EACCESS); });
}

int PosixFileOps::sync(int fd) {
  return retried([&] { return ::fsync(fd); });
}

int PosixFileOps::sync_all(int fd) {
  return retried([&] { return ::syncfs(fd); });
}

int PosixFileOps::lock(int fd) {
  return retried([&] { return ::flock(fd, LOCK_EX | LOCK_NB); });
}

int PosixFileOps::list(int folder, std::vector<std::string>& names) {
  const int copy = open(folder, ".", O_RDONLY | O_DIRECTORY, 0);
  if (copy < 0) return copy;
  DIR* const stream = ::fdopendir(copy);
  if (stream == nullptr) {
    const int error = errno;
    ::close(copy);
    return -error;
  }
  errno = 0;
  while (const dirent* entry = ::readdir(stream)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  const int error = errno;
  ::closedir(stream);
  return -error;
}

OwnedFd& OwnedFd::operator=(OwnedFd&& other) noexcept {
  if (this != &other) {
    reset();
    ops_ = other.ops_;
    fd_ = other.release();
  }
  return *this;
}

int OwnedFd::release() {
  const int fd = fd_;
  fd_ = -1;
  return fd;
}

void OwnedFd::reset() {
  if (fd_ >= 0) ops_->close(fd_);
  fd_ = -1;
}

int write_all(FileOps& ops, int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ops.write(fd, bytes);
    if (written < 0) return static_cast<int>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int read_all(FileOps& ops, int fd, std::size_t size_hint, std::string& into) {
  std::size_t used = into.size();
  into.resize(used + size_hint + 1);  // one more, so that the end is seen without growing
  while (true) {
    const ssize_t got = ops.read(fd, into.data() + used, into.size() - used);
    if (got <= 0) {
      into.resize(used);
      return static_cast<int>(got);
    }
    used += static_cast<std::size_t>(got);
    if (used == into.size()) into.resize(used * 2);
  }
}

OwnedFd open_folder(FileOps& ops, int folder, const char* name) {
  return {ops, ops.open(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)};
}

}  // namespace hlab::emit
