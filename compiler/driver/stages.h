// The stages between loading and emitting, as `check_lab` calls them.
#pragma once

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// Declares and checks the library; then the lab can be read against it.
void read_library(Compilation& run);
void read_lab(Compilation& run, const CompileRequest& request);
void evaluate_lab(Compilation& run, std::size_t first_file);

}  // namespace hlab::driver
