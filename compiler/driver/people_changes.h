// Who is still let into machines by what an earlier build set up: Ansible adds accounts and keys, and takes none away.
#pragma once

#include <string>

#include "compiler/driver/tree_objects.h"

namespace hlab::driver {

/// What to tell the person, or "". Both: the variables of all machines of one inventory.
[[nodiscard]] std::string people_changes(const YAML::Node& before, const YAML::Node& now);

}  // namespace hlab::driver
