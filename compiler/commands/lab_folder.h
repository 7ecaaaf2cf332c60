// Whether a lab lies somewhere, before anything is read.
#pragma once

#include <string>

namespace hlab::commands {

/// A folder with .hlab files right in it.
[[nodiscard]] bool holds_lab(const std::string& folder);

}  // namespace hlab::commands
