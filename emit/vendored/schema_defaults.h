// What the API server does with an object before it looks at it: it puts the defaults of the definition
// where nothing is said, and takes away each `null` that may not stand there.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "emit/core/waiting_doc.h"

namespace hlab::emit {

[[nodiscard]] WaitingDoc with_defaults(const WaitingDoc& given, const nlohmann::json& schema);

}  // namespace hlab::emit
