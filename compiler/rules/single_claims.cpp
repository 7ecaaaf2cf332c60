#include "compiler/rules/single_claims.h"

#include <fmt/format.h>

#include "compiler/rules/loop_rounds.h"

namespace hlab::rules {

void report_claimed_twice(const RuleInput& input, const TwiceDiag& diag,
                          const std::vector<SingleClaim>& claims, diag::Diagnostics& diags) {
  std::map<std::string, const SingleClaim*> first;
  for (const SingleClaim& claim : claims) {
    const auto [known, fresh] = first.try_emplace(claim.key, &claim);
    if (fresh) continue;
    const std::string theirs = fmt::format("`{}`", known->second->holder.path());
    const std::string mine = fmt::format("`{}`", claim.holder.path());
    auto report = diags.report(diag, claim.at, claim.name, theirs, mine);
    report.label(known->second->at, fmt::format("{} has it already", theirs));
    const auto said = [](const SingleClaim& one) {
      return SaidValue{one.holder, one.at, one.origin, rounds_of(one.holder)};
    };
    tell_ways(input, report, said(*known->second), said(claim));
  }
}

}  // namespace hlab::rules
