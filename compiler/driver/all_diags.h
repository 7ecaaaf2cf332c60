// Every diagnostic that the binary declares.
#pragma once

#include "compiler/diag/registry.h"

namespace hlab::driver {

struct Compilation;

[[nodiscard]] diag::Registry all_diagnostics();

/// These and the rules that the lab itself declares, which outlive the registry.
[[nodiscard]] diag::Registry with_declared(diag::Registry registry, const Compilation& run);

/// The rule that a misspelt name may have meant. Another digit of a code is another rule.
[[nodiscard]] diag::Near near_rule(const diag::Registry& registry, std::string_view named);

}  // namespace hlab::driver
