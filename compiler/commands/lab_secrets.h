// The secrets of a lab and their files: what `hlab secret list` shows and `hlab secret set` makes.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/compile.h"
#include "emit/core/secret_use.h"

namespace hlab::commands {

struct LabSecret {
  model::View secret;
  std::vector<emit::SecretUse> uses;  // one for each file
  std::vector<bool> exists;           // whether it is there, by use
  std::set<std::string> users;        // of one that something else makes: it has no files
};

/// All that the lab declares, in the order of the source; those that nobody needs have no uses.
[[nodiscard]] std::vector<LabSecret> lab_secrets(const driver::Compilation& run);

}  // namespace hlab::commands
