// Every diagnostic that the binary declares.
#pragma once

#include "compiler/diag/registry.h"

namespace hlab::driver {

[[nodiscard]] diag::Registry all_diagnostics();

}  // namespace hlab::driver
