// `.sops.yaml`: who can open what lies where.
#pragma once

#include <string>
#include <string_view>

#include "emit/core/emitter.h"

namespace hlab::emit::sops {

void emit_creation_rules(const EmitInput& input, EmitOutput& output);

/// A path as a regular expression that matches it and nothing else.
std::string escape_regex(std::string_view path);

}  // namespace hlab::emit::sops
