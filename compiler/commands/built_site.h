// Whose tree a file on disk is of, where it is not of what was asked about: the lab's or one of its sites'.
#pragma once

#include <optional>
#include <string>

#include "compiler/commands/options.h"
#include "compiler/driver/compile.h"

namespace hlab::commands {

/// The option that asks about the tree in which `asked` lies: `--site cabin`. "" stands for none: the lab
/// itself. Nothing where neither the lab nor a site of it would write what lies there.
[[nodiscard]] std::optional<std::string> option_of_tree(driver::Compilation& run,
                                                        const driver::CompileRequest& request,
                                                        const std::string& given,
                                                        const std::string& asked);

}  // namespace hlab::commands
