// Which relative paths an output may have: ones that mean the same file on every system that the
// tree may be checked out on, and can reach nothing outside it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hlab::emit {

enum class PathFault : std::uint8_t {
  none,
  empty,  // no path, or an empty segment (`a//b`, a final `/`)
  absolute,
  dot_segment,  // `.` or `..`
  backslash,
  control,  // NUL, control, bidirectional or invisible characters
  not_utf8,
  trailing,         // a segment ends in a dot or a space
  git_folder,       // `.git` in any case, or what some systems take for it
  reserved,         // `.hlab-*`, the names of the books kept here
  combining,        // combining marks: the same name has two spellings
  too_long,         // a segment over 255 bytes, or a path over 1024
  twin,             // differs from another path in case only
  duplicate,        // added twice
  file_and_folder,  // a file here is a folder elsewhere
  too_much,         // with it the tree is larger than anybody could commit
};

/// Goes on from the path: "is absolute".
std::string_view name_of(PathFault fault);

/// Everything about `path` alone; the last three faults need the other paths.
PathFault check_output_path(std::string_view path);

/// `text` with the case of letters folded, as a case-insensitive file system would.
std::string fold_case(std::string_view text);

}  // namespace hlab::emit
