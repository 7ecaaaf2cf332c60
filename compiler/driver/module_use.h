// What the modules of a lab say about each other once their declarations are known.
#pragma once

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// Imports whose name means something else already, and imports that bring nothing.
void check_imports(Compilation& run);

/// Folders of `.hlab` files that nobody imports.
void report_left_out_folders(Compilation& run);

}  // namespace hlab::driver
