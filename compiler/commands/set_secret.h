// `hlab secret set`: the one place of hlab that meets the value of a secret (docs/decisions/0011-plain-text.md).
#pragma once

#include <vector>

#include "compiler/commands/console.h"
#include "compiler/commands/lab_secrets.h"
#include "compiler/commands/options.h"

namespace hlab::commands {

/// Makes the files that the secret named in the options lacks; gives the exit status.
int set_secret(const driver::Compilation& run, const std::vector<LabSecret>& secrets,
               const Options& options, Console& console);

}  // namespace hlab::commands
