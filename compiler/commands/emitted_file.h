// One file of the output tree, found by the name that a person gives it, and what lies on disk in its place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/file_tree.h"

namespace hlab::commands {

/// `out/apps/wiki.yaml:12:3`, as editors, `grep` and diagnostics write it.
struct FilePlace {
  std::string file;
  std::optional<std::uint32_t> line;
};
[[nodiscard]] FilePlace file_place(std::string_view text);

/// The absolute path that is meant, without `..`; links are followed where it exists.
[[nodiscard]] std::string absolute_path(const std::string& file);

enum class OnDisk : std::uint8_t {
  unknown,  // no tree of hlab was found that it could lie in
  missing,
  same,
  older,    // what an earlier build wrote
  edited,   // neither that nor what would be written now
  foreign,  // likewise, and no build wrote a file there
};

struct EmittedFile {
  const emit::OutputFile* file = nullptr;
  std::filesystem::path place;  // on disk, or empty
  OnDisk state = OnDisk::unknown;
  std::string bytes;  // on disk, where they differ
};

/// The file that `asked` (absolute) or `given` (from the top of the tree) means. `near` are folders below
/// which a tree may lie, for the second.
[[nodiscard]] std::optional<EmittedFile> find_emitted(const emit::FileTree& tree,
                                                      const std::string& given,
                                                      const std::string& asked,
                                                      const std::vector<std::string>& near);

/// Why a name means no file of the tree, with what may have been meant.
[[nodiscard]] std::string explain_no_file(const emit::FileTree& tree, const std::string& given,
                                          const std::string& asked);

/// The line of `emitted` that stands on `line` of `disk`, or nothing where `disk` has another one there.
[[nodiscard]] std::optional<std::uint32_t> matching_line(std::string_view emitted,
                                                         std::string_view disk, std::uint32_t line);

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace hlab::commands
