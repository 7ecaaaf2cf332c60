// The part of `hlab graph` that is about packets.
#pragma once

#include "compiler/commands/console.h"
#include "compiler/commands/options.h"

namespace hlab::driver {
struct Compilation;
}

namespace hlab::commands {

using driver::Compilation;

/// Prints the ways from `options.reach[0]` to `options.reach[1]`; the exit status.
int answer_reach(const Compilation& run, const Options& options, Console& console);

}  // namespace hlab::commands
