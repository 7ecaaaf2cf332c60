#include "compiler/load/read_file.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/base/utf8.h"

namespace hlab::load {
namespace {

namespace fs = std::filesystem;

std::string system_reason(int code) { return std::generic_category().message(code); }

/// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

ReadResult failed(int code) {
  if (code == ENOENT || code == ENOTDIR) return {ReadStatus::missing, {}, system_reason(code)};
  return {ReadStatus::unreadable, {}, system_reason(code)};
}

/// Up to `limit` bytes; the size that the system gave may be outdated while we read.
int read_all(int fd, std::size_t expected, std::size_t limit, std::string& bytes) {
  bytes.resize(std::min(expected, limit) + 1);
  std::size_t used = 0;
  while (used <= limit) {
    if (used == bytes.size()) bytes.resize(std::min(limit + 1, bytes.size() * 2));
    const ssize_t got = ::read(fd, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return 0;
}

/// Whether `path`, links resolved, lies below `root`, links resolved.
bool lies_below(const fs::path& root, const fs::path& path) {
  const auto [r, p] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return r == root.end() && p != path.end();
}

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return ::fsync(fd) == 0 ? 0 : errno;
}

}  // namespace

ReadResult read_regular_file(const fs::path& path, std::size_t max_bytes) {
  // Non-blocking: opening a pipe that nobody writes to must not hang before we can refuse it.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) {
    if (errno == ENXIO) return {ReadStatus::not_a_file, {}, {}};  // a socket or an idle device
    return failed(errno);
  }
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return failed(errno);
  if (!S_ISREG(info.st_mode)) return {ReadStatus::not_a_file, {}, {}};
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size > max_bytes) return {ReadStatus::too_large, {}, {}};
  ReadResult result;
  if (const int code = read_all(file.get(), size, max_bytes, result.bytes)) return failed(code);
  if (result.bytes.size() > max_bytes) return {ReadStatus::too_large, {}, {}};
  return result;
}

ReadResult read_lab_file(const fs::path& root, std::string_view relative, std::size_t max_bytes) {
  const fs::path below(relative);
  if (relative.empty() || below.is_absolute() || relative.find('\0') != std::string_view::npos ||
      std::find(below.begin(), below.end(), fs::path("..")) != below.end()) {
    return {ReadStatus::outside, {}, {}};
  }
  std::error_code error;
  const fs::path real_root = fs::canonical(root, error);
  if (error) return failed(error.value());
  const fs::path real = fs::canonical(root / below, error);
  if (error) return failed(error.value());
  if (!lies_below(real_root, real)) return {ReadStatus::outside, {}, {}};
  return read_regular_file(real, max_bytes);
}

std::string replace_file(const fs::path& given, std::string_view bytes) {
  std::error_code error;
  const fs::path path = fs::is_symlink(given, error) ? fs::weakly_canonical(given, error) : given;
  if (error) error.clear();
  const ReadResult old = read_regular_file(path, bytes.size() + 1);
  if (old.status == ReadStatus::ok && old.bytes == bytes) return {};
  if (old.status == ReadStatus::not_a_file) return "not a regular file";
  struct stat info {};
  const bool exists = ::stat(path.c_str(), &info) == 0;
  std::string place = path.string() + ".XXXXXX";
  const Descriptor file(::mkostemp(place.data(), O_CLOEXEC));
  if (file.get() < 0) return system_reason(errno);
  int code = write_all(file.get(), bytes);
  if (code == 0 && ::fchmod(file.get(), exists ? info.st_mode & 07777u : 0644u) != 0) code = errno;
  if (code == 0 && ::rename(place.c_str(), path.c_str()) != 0) code = errno;
  if (code == 0) return {};
  ::unlink(place.c_str());
  return system_reason(code);
}

std::string printable_name(std::string_view name) {
  std::string shown;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = decode_utf8(name, at);
    const bool control = point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0);
    if (!point.valid || control || is_bidi_control(point.value))
      shown.push_back('?');
    else
      shown.append(name.substr(at, point.size));
    at += point.size;
  }
  return shown;
}

}  // namespace hlab::load
