// Services whose claims a build leaves behind without a change of the claims themselves: charts under another
// release, and services in another cluster.
#pragma once

#include <string>

#include "emit/core/file_tree.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {

/// What to tell the person, or "".
[[nodiscard]] std::string release_changes(const emit::WriteResult& written,
                                          const emit::FileTree& tree);

}  // namespace hlab::driver
