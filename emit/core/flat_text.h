// Scalars as text for formats that know nothing else: INI, dotenv.
#pragma once

#include <string>
#include <string_view>

#include "emit/core/document.h"

namespace hlab::emit {

/// The one text of a scalar that is neither a container nor null.
[[nodiscard]] std::string flat_text(const Node& scalar);
/// "a line break", "a control character", or "" for text that a line of a file can hold. Tabs may.
[[nodiscard]] std::string_view line_breaker(std::string_view text);
/// Blanks at an end, those of Unicode too: readers cut them off.
[[nodiscard]] bool has_outer_blanks(std::string_view text);

}  // namespace hlab::emit
