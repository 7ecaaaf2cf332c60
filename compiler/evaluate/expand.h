// The declarations of the lab: heads of loops and conditions around them are evaluated, names are
// made, and every top-level instance gets its id. Bodies come later.
#pragma once

#include <vector>

#include "compiler/check/checker.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/evaluate/variation.h"

namespace hlab::evaluate {

/// A declaration with the loop variables it stands under, for the checker.
struct Declaration {
  syntax::EntryId entry;
  check::Scope scope;
};

struct Expansion {
  std::vector<Declaration> instances;  // each declaration once, however often a loop repeats it
  std::vector<syntax::EntryId> policies;
  std::vector<syntax::EntryId> defaults;
  std::vector<syntax::EntryId> sites;
  std::vector<syntax::EntryId> tests;
  std::vector<syntax::EntryId> assertions;  // outside of policies
  // Of the site or test that is being compiled.
  std::vector<VariationEntry> withouts;
  std::vector<VariationEntry> overrides;
  std::vector<VariationEntry> expectations;
};

/// Walks the files from `first_file` on, and the site or test of `variations` if there is one, or tests that change
/// nothing; appends to `lab`.
Expansion expand(const program::Program& program, program::Lab& lab, check::Checker& checker,
                 Evaluator& evaluator, std::size_t first_file,
                 const std::vector<syntax::EntryId>& variations, diag::Diagnostics& diags);

}  // namespace hlab::evaluate
