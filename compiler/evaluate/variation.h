// Sites and tests: the lab with some declarations more, some less, and some values overridden.
#pragma once

#include <optional>
#include <vector>

#include "compiler/check/checker.h"
#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

/// An entry of a site or test, with what it stands under. In a branch or loop that is not taken it does
/// nothing, and is checked all the same.
struct VariationEntry {
  EntryId entry;
  Context context;
  check::Scope scope;
};

/// What an `override` changes: `skip` segments of its path lead to the instance.
struct Override {
  EntryId entry;
  Context context;
  InstanceId target;
  std::uint32_t skip = 0;
};

/// Marks what `without` names; a name of nothing is reported.
void leave_out(const program::Program& program, program::Lab& lab, const check::Checker& checker,
               const std::vector<VariationEntry>& withouts, diag::Diagnostics& diags);

/// Finds what each override changes and checks its values against the type of the place. What is
/// wrong, doubled or of a declaration that is left out is reported and missing in the result.
std::vector<Override> find_overrides(program::Program& program, const program::Lab& lab,
                                     check::Checker& checker, Evaluator& evaluator,
                                     const std::vector<VariationEntry>& entries,
                                     diag::Diagnostics& diags);

}  // namespace hlab::evaluate
