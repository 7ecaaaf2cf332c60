// The one formatter: no options, idempotent, keeps every comment.
#pragma once

#include <string>
#include <string_view>

namespace hlab::syntax {

/// The text laid out anew. What does not parse keeps its words; only its indentation changes.
std::string format(std::string_view text);

}  // namespace hlab::syntax
