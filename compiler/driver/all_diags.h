// Every diagnostic that the binary declares.
#pragma once

#include "compiler/diag/registry.h"

namespace hlab::driver {

struct Compilation;

[[nodiscard]] diag::Registry all_diagnostics();

/// By code or name, among these and the rules that the lab itself declares; null when there is none.
[[nodiscard]] const diag::DiagInfo* find_rule(const diag::Registry& registry,
                                              const Compilation& run, std::string_view named);

}  // namespace hlab::driver
