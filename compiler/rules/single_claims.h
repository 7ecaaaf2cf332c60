// What there is only one of: the first to name it has it, a second one is told of both.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/rules/rule.h"

namespace hlab::rules {

struct SingleClaim {
  std::string key;   // equal keys are one thing
  std::string name;  // of the thing, for people
  model::View holder;
  Span at;
  syntax::ExprId origin = {};  // what made the value
};

using TwiceDiag = diag::Diag<std::string_view, std::string_view, std::string_view>;

/// "{thing} is claimed by {first} and {second}", once for each claim after the first.
void report_claimed_twice(const RuleInput& input, const TwiceDiag& diag,
                          const std::vector<SingleClaim>& claims, diag::Diagnostics& diags);

}  // namespace hlab::rules
