// The heap of the process, for a program that allocates a lot, frees little and ends soon.
#pragma once

namespace hlab::commands {

/// To be called before the first thread begins.
void prepare_heap();

}  // namespace hlab::commands
