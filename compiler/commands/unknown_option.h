// A mistyped option, told by its own name and with the one that was meant.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace hlab::commands {

/// What to say of the first option among the arguments that `command` did not take; "" where none is one.
[[nodiscard]] std::string unknown_option(const CLI::App& command);

}  // namespace hlab::commands
