// The end of the pipeline: a lab without errors becomes files.
#pragma once

#include <string>
#include <string_view>

#include "emit/core/file_tree.h"

namespace hlab::driver {

struct Compilation;

/// The files of a lab without errors, in memory. Emitters report as well: with errors the tree is not whole.
/// A file at whose path `asked` ends knows where its lines come from.
emit::FileTree emit_tree(Compilation& run, std::string_view asked = {});

struct BuildResult {
  int status = 0;
  std::string summary;  // for standard error
};

/// Emits the tree, writes it below `out`, then `hlab.lock`. Where anything is wrong, nothing is written.
[[nodiscard]] BuildResult build_tree(Compilation& run, const std::string& out);

}  // namespace hlab::driver
