// What a build changes for the engines that bring services to clusters: charts under another release, services that another
// cluster's engine brings, and folders that an engine reads no longer.
#pragma once

#include <set>
#include <string>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

struct ReleaseChanges {
  std::string text;                    // what to tell the person, or ""
  std::set<std::string> left_cluster;  // folders of objects that another cluster has now
};

[[nodiscard]] ReleaseChanges release_changes(const emit::WriteResult& written,
                                             const emit::FileTree& tree);

}  // namespace hlab::driver
