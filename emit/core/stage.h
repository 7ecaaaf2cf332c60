// Writes planned files into a staging folder, where nobody sees them yet.
#pragma once

#include <string_view>
#include <vector>

#include "emit/core/file_ops.h"
#include "emit/core/folder_cursor.h"
#include "emit/core/journal.h"
#include "emit/core/tree_plan.h"

namespace hlab::emit {

enum class Flush : std::uint8_t {
  each,   // every file by itself: cheapest for a few
  later,  // the caller flushes the file system once
};

/// Writes one file below the folder that `cursor` is rooted at.
[[nodiscard]] int stage_file(FileOps& ops, FolderCursor& cursor, std::string_view path,
                             const PlannedFile& file, Flush flush);

/// Stages all writes of `plan` in the folder `staging`: a whole folder where it does not exist in
/// the output yet, single files otherwise. Returns how they are to be put in place.
std::vector<Placement> stage_change(FileOps& ops, int staging, const TreePlan& plan, Flush flush,
                                    Problems& problems);

/// Removes everything in an open folder, links themselves and not what they lead to.
[[nodiscard]] int remove_content(FileOps& ops, int folder);
/// Removes the folder `name` in `parent` and all in it; nothing where there is none.
[[nodiscard]] int remove_tree(FileOps& ops, int parent, const std::string& name);

}  // namespace hlab::emit
