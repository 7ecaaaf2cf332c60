// The system calls of the write path, behind one interface so that tests can make each of them fail
// or the process die at it. Every call gives a non-negative result or a negated errno.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

namespace hlab::emit {

enum class Replace : std::uint8_t { allowed, refused };

class FileOps {
 public:
  FileOps() = default;
  FileOps(const FileOps&) = delete;
  FileOps& operator=(const FileOps&) = delete;
  virtual ~FileOps() = default;

  /// Whether several threads may call at once.
  [[nodiscard]] virtual bool concurrent() const { return false; }

  virtual int open(int folder, const char* name, int flags, mode_t mode) = 0;
  virtual int close(int fd) = 0;
  /// May write less than all of `bytes`, as write(2).
  virtual ssize_t write(int fd, std::string_view bytes) = 0;
  virtual ssize_t read(int fd, char* into, std::size_t size) = 0;
  virtual int status(int fd, struct stat& into) = 0;
  virtual int set_mode(int fd, mode_t mode) = 0;
  virtual int make_folder(int folder, const char* name, mode_t mode) = 0;
  virtual int rename(int from_folder, const char* from, int to_folder, const char* to,
                     Replace replace) = 0;
  virtual int remove_file(int folder, const char* name) = 0;
  virtual int remove_folder(int folder, const char* name) = 0;
  virtual int may_write(int folder) = 0;
  virtual int sync(int fd) = 0;
  /// Flushes the whole file system that `fd` lies on: one call for any number of files.
  virtual int sync_all(int fd) = 0;
  /// Takes the lock of an open folder, or fails at once with -EWOULDBLOCK.
  virtual int lock(int fd) = 0;
  virtual int list(int folder, std::vector<std::string>& names) = 0;
};

/// While one of these lives, new files get the modes that were asked for, whatever the umask was.
class PosixFileOps final : public FileOps {
 public:
  PosixFileOps();
  ~PosixFileOps() override;

  [[nodiscard]] bool concurrent() const override { return true; }
  int open(int folder, const char* name, int flags, mode_t mode) override;
  int close(int fd) override;
  ssize_t write(int fd, std::string_view bytes) override;
  ssize_t read(int fd, char* into, std::size_t size) override;
  int status(int fd, struct stat& into) override;
  int set_mode(int fd, mode_t mode) override;
  int make_folder(int folder, const char* name, mode_t mode) override;
  int rename(int from_folder, const char* from, int to_folder, const char* to,
             Replace replace) override;
  int remove_file(int folder, const char* name) override;
  int remove_folder(int folder, const char* name) override;
  int may_write(int folder) override;
  int sync(int fd) override;
  int sync_all(int fd) override;
  int lock(int fd) override;
  int list(int folder, std::vector<std::string>& names) override;

 private:
  mode_t mask_before_;
};

/// Closes its descriptor; an error of close(2) is of no use where the file was synced or only read.
class OwnedFd {
 public:
  OwnedFd() = default;
  OwnedFd(FileOps& ops, int fd) : ops_(&ops), fd_(fd) {}
  OwnedFd(OwnedFd&& other) noexcept : ops_(other.ops_), fd_(other.release()) {}
  OwnedFd& operator=(OwnedFd&& other) noexcept;
  ~OwnedFd() { reset(); }

  /// The descriptor, or the negated errno of the call that should have made it.
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool ok() const { return fd_ >= 0; }
  int release();
  void reset();

 private:
  FileOps* ops_ = nullptr;
  int fd_ = -1;
};

/// Writes all of `bytes`; 0 or a negated errno.
int write_all(FileOps& ops, int fd, std::string_view bytes);
/// Appends the rest of an open file to `into`; 0 or a negated errno.
int read_all(FileOps& ops, int fd, std::size_t size_hint, std::string& into);
/// Opens a folder named `name` in `folder`, itself and not what a link of that name points to.
OwnedFd open_folder(FileOps& ops, int folder, const char* name);

}  // namespace hlab::emit
