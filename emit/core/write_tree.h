// Puts a FileTree on disk so that the folder holds the old tree or the new one whenever the build is
// cut off, and never loses a file that hlab did not write.
//
//   a folder that does not exist yet   everything is written beside it and renamed as one
//   a change to an existing folder     new files are staged in it, a journal is flushed, then they
//                                      are moved into place; the next run completes an interrupted
//                                      one
//
// A file with the right bytes is not touched. A file that is no longer generated is removed if it
// still holds what hlab wrote.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/file_ops.h"
#include "emit/core/file_tree.h"
#include "emit/core/former_file.h"
#include "emit/core/write_problem.h"

namespace hlab::emit {

struct WriteRequest {
  std::string output;  // made where it is missing, its parents too
  const FileTree* files = nullptr;
  /// Generated folders, relative to `output`, that keep a manifest of their own. What lies in none
  /// of them is recorded at the top.
  std::vector<std::string> folders;
  /// Of which changed files to keep what they held before; of none without it.
  std::function<bool(std::string_view path)> remembers = {};
};

struct WriteResult {
  std::size_t written = 0;  // files of the tree, manifests not counted
  std::size_t unchanged = 0;
  std::vector<FormerFile> pruned;
  std::vector<FormerFile> replaced;  // those of the changed files that the request remembers
  bool resumed = false;              // an interrupted build was completed first
  /// Not empty: nothing was changed, unless the fault is `system` and the journal stands.
  std::vector<WriteProblem> problems;

  [[nodiscard]] bool ok() const { return problems.empty(); }
};

WriteResult write_tree(const WriteRequest& request, FileOps& ops);
WriteResult write_tree(const WriteRequest& request);

}  // namespace hlab::emit
