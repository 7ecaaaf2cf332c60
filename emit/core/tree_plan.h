// Compares the tree that is wanted with the one on disk: what to write, what to leave alone, what to
// remove, and everything that forbids it. Reads only.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/sha256.h"
#include "emit/core/file_ops.h"
#include "emit/core/file_tree.h"
#include "emit/core/former_file.h"
#include "emit/core/manifest.h"
#include "emit/core/write_problem.h"

namespace hlab::emit {

struct PlannedFile {
  std::string path;
  std::string_view bytes;  // in the FileTree, or in TreePlan::manifest_texts
  Digest digest{};
  bool executable = false;
  bool manifest = false;
  std::optional<Digest> before;  // what stands there now
  std::string new_folder;        // topmost folder above it that does not exist yet, or ""
};

struct TreePlan {
  std::vector<PlannedFile> writes;  // sorted by path
  std::vector<OwnedFile> removals;  // sorted by path; manifests of dropped folders among them
  std::size_t unchanged = 0;
  std::vector<FormerFile> pruned;    // of the removals, files of the lab
  std::vector<FormerFile> replaced;  // of the changed files, those that are remembered
  std::deque<std::string> manifest_texts;

  [[nodiscard]] bool empty() const { return writes.empty() && removals.empty(); }
};

/// All files of `files` and the manifests that record them, as for an output that does not exist.
TreePlan plan_new_tree(const FileTree& files, const std::vector<std::string>& folders);

/// Says of a path whether to keep what the file held, where it changes.
using Remembers = std::function<bool(std::string_view path)>;

/// The difference to what lies below `root`, or problems.
TreePlan plan_change(FileOps& ops, int root, const FileTree& files,
                     const std::vector<std::string>& folders, const Remembers& remembers,
                     Problems& problems);

}  // namespace hlab::emit
