// What stands at a path of the output folder, looked at without ever following a link.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/file_ops.h"
#include "emit/core/folder_cursor.h"
#include "emit/core/write_problem.h"

namespace hlab::emit {

struct PlannedFile;

struct Found {
  enum class Kind : std::uint8_t {
    missing,  // `stopped_at`: the topmost folder above it that is missing too, or ""
    blocked,  // something that is no folder stands on the way, at `stopped_at`
    file,
    folder,
    other,   // a link, a device ...
    failed,  // could not be looked at; the problem is recorded
  };
  Kind kind = Kind::missing;
  bool link = false;
  bool same = false;  // holds the bytes it was compared with
  bool executable = false;
  std::string_view bytes;  // of a file, valid until the next look
  std::string stopped_at;
};

class DiskState {
 public:
  DiskState(FileOps& ops, int root, Problems& problems)
      : ops_(ops), cursor_(ops, root), problems_(problems) {}

  /// Looks at `path`, and compares a file there with `wanted`.
  Found look_at(const std::string& path, const PlannedFile* wanted = nullptr) &;
  /// The names in a folder; false where `path` is none.
  bool list(const std::string& path, std::vector<std::string>& names);
  /// Records a problem where the folder exists and may not be written.
  void check_writable(std::string_view folder);

 private:
  Found unreachable(int result, const std::string& path);
  Found opened(OwnedFd fd, const std::string& path, const PlannedFile* wanted);
  Found not_opened(int result, const std::string& path);
  Found failed(int result, std::string_view path);

  FileOps& ops_;
  FolderCursor cursor_;
  Problems& problems_;
  std::string buffer_;
  std::set<std::string, std::less<>> writable_;
};

}  // namespace hlab::emit
