// Walks to folders below one root, part by part and never through a link, keeping the folders of
// the last walk open: sorted paths open each folder once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/core/file_ops.h"

namespace hlab::emit {

class FolderCursor {
 public:
  enum class Missing : std::uint8_t { fail, make };

  FolderCursor(FileOps& ops, int root, Missing missing = Missing::fail)
      : ops_(ops), root_(root), missing_(missing) {}

  /// Descriptor of the folder `path` ("" is the root), valid until the next call, or a negated
  /// errno: -ENOENT where it is missing, -ENOTDIR or -ELOOP where something else stands there.
  int enter(std::string_view path);
  /// After a failed `enter`: the part of the path, from the root, that could not be entered.
  [[nodiscard]] const std::string& stopped_at() const { return stopped_at_; }
  /// Forgets open folders; needed when folders were removed or put in place since.
  void reset();

 private:
  struct Level {
    std::size_t path_size;
    OwnedFd fd;
  };
  [[nodiscard]] OwnedFd step(int folder, const std::string& name);

  FileOps& ops_;
  int root_;
  Missing missing_;
  std::string path_;  // of the deepest open level
  std::vector<Level> levels_;
  std::string stopped_at_;
  int stopped_with_ = 0;
};

/// The folder part of a path, "" for a name alone; and the last part.
std::string_view folder_part(std::string_view path);
std::string_view name_part(std::string_view path);
/// Whether `path` lies below `folder` ("" holds everything).
bool is_below(std::string_view path, std::string_view folder);

}  // namespace hlab::emit
