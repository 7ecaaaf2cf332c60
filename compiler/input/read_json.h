#pragma once

#include "compiler/input/input.h"

namespace hlab::input {

[[nodiscard]] std::optional<values::Value> read_json(const InputFile& input);

}  // namespace hlab::input
