// `hlab.lock` as a run leaves it.
#pragma once

#include <string>

#include "compiler/lock/lock.h"

namespace hlab::driver {

struct Compilation;

/// The lock that a build would write now.
[[nodiscard]] lock::Lock new_lock(const Compilation& run);

/// Writes it beside the lab; gives what went wrong, or "".
[[nodiscard]] std::string write_lock(const Compilation& run);

/// Says where hlab.lock does not match the lab: a warning, or an error where nothing may be given out.
void report_stale_lock(Compilation& run);

}  // namespace hlab::driver
