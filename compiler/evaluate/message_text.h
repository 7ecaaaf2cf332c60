// The text behind the comma of a `check` or an `expect`, as it is told.
#pragma once

#include <optional>
#include <string>

#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

/// What is absent in it stands there as `(absent)`. None where it is no text.
[[nodiscard]] std::optional<std::string> message_text(Evaluator& evaluator,
                                                      const program::Program& program, ExprId id,
                                                      const Context& context);

}  // namespace hlab::evaluate
