// Packages: modules that others wrote, below `packages/`, with their digests in hlab.lock.
#pragma once

#include <string>

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// `sha256:...` of all files of the package, their paths and their bytes.
[[nodiscard]] std::string package_digest(const Compilation& run, const std::string& name);

/// Computes the digests of what the lab imports, and compares them with the lock; `accept` takes what is
/// there.
void check_packages(Compilation& run, bool accept);

}  // namespace hlab::driver
