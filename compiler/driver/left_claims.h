// Claims of volumes that a build takes out of the tree. The cluster keeps them with their data, but a
// service that was only renamed begins without.
#pragma once

#include <string>
#include <vector>

#include "emit/core/file_tree.h"
#include "emit/core/pruned_file.h"

namespace hlab::driver {

/// What to tell the person, or "".
[[nodiscard]] std::string left_claims(const std::vector<emit::PrunedFile>& pruned,
                                      const emit::FileTree& tree);

}  // namespace hlab::driver
