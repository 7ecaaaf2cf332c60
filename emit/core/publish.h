// Carries out a journal: the only code that changes an existing tree.
#pragma once

#include <string>

#include "emit/core/file_ops.h"
#include "emit/core/folder_cursor.h"
#include "emit/core/journal.h"
#include "emit/core/stage.h"

namespace hlab::emit {

class Publisher {
 public:
  Publisher(FileOps& ops, int root, int staging, Problems& problems)
      : ops_(ops), root_(root), staging_(staging), cursor_(ops, root), problems_(problems) {}

  /// Whether everything that the journal touches is as it was before it or as it will be after;
  /// else somebody changed it since, which is recorded as a problem.
  bool check(const Journal& journal);
  /// Does all that is not done yet. False, with a problem, where a system call failed.
  bool run(const Journal& journal, Flush flush);

 private:
  bool check_placement(const Placement& placement);
  bool check_removal(const OwnedFile& file);
  bool place(FolderCursor& cursor, const Placement& placement, Flush flush);
  bool remove(const OwnedFile& file, Flush flush);
  void remove_empty_parents(std::string_view path);
  bool failed(int result, std::string_view path, std::string_view doing);

  FileOps& ops_;
  int root_;
  int staging_;
  FolderCursor cursor_;
  Problems& problems_;
};

}  // namespace hlab::emit
