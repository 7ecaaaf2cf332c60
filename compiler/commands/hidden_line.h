// A line from the terminal that it does not show.
#pragma once

#include <string>

#include "compiler/commands/secret_bytes.h"

namespace hlab::commands {

struct HiddenLine {
  SecretBytes text;
  std::string error;
};

/// From standard input, which is a terminal. Its echo comes back whatever happens: signals that would end
/// the process wait until then.
[[nodiscard]] HiddenLine read_hidden_line();

}  // namespace hlab::commands
