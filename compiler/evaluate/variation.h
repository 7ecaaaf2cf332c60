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

/// What an `override` changes: `skip` segments of its path lead to the instance, or to what somebody claims of it.
struct Override {
  EntryId entry;
  Context context;
  InstanceId target;
  std::uint32_t skip = 0;
  program::FunctionId offer;  // of a claim, and its name
  Symbol claimed;
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

/// Lays the overrides over what they change. What is claimed is made later, and gets its own then.
void apply_overrides(const program::Program& program, Evaluator& evaluator,
                     const std::vector<Override>& overrides);

/// Once claims are settled: overrides of what nobody claims.
void report_unclaimed(const program::Program& program, const program::Lab& lab,
                      const Evaluator& evaluator, const std::vector<Override>& overrides,
                      diag::Diagnostics& diags);

/// What the owner holds because somebody claims it; planned where nothing live does. None where nobody does.
InstanceId find_claimed(const program::Program& program, const program::Lab& lab, InstanceId owner,
                        std::string_view offer, std::string_view name);

}  // namespace hlab::evaluate
