// One expression in a compiled lab: the question of `hlab eval`.
#pragma once

#include <string>

#include "compiler/diag/diagnostics.h"
#include "compiler/values/value.h"

namespace hlab::driver {

struct Compilation;

/// The source under which an expression of the command line shows.
inline constexpr std::string_view kExpressionSource = "expression";

/// Parses, checks and computes `text` where a declaration at the top of the lab could stand. What was
/// found about it lies in the diagnostics of the run; then the value is an error.
[[nodiscard]] values::Value evaluate_text(Compilation& run, std::string text);

/// Whether the stages before have gone far enough for values to be there.
[[nodiscard]] bool has_values(const Compilation& run);

/// Computes what `all_fields` passes over: a planned instance and what it holds.
void compute_planned(Compilation& run, values::InstanceId id);

/// What is wrong, without the warnings: commands that only ask leave those to `hlab check`.
void copy_errors(const diag::Diagnostics& from, diag::Diagnostics& to);

}  // namespace hlab::driver
