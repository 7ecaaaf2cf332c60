#include "compiler/rules/single_claims.h"

#include <fmt/format.h>

namespace hlab::rules {

void report_claimed_twice(const TwiceDiag& diag, const std::vector<SingleClaim>& claims,
                          diag::Diagnostics& diags) {
  std::map<std::string, const SingleClaim*> first;
  for (const SingleClaim& claim : claims) {
    const auto [known, fresh] = first.try_emplace(claim.key, &claim);
    if (fresh) continue;
    const std::string theirs = fmt::format("`{}`", known->second->holder.path());
    const std::string mine = fmt::format("`{}`", claim.holder.path());
    diags.report(diag, claim.at, claim.name, theirs, mine)
        .label(known->second->at, fmt::format("{} has it already", theirs));
  }
}

}  // namespace hlab::rules
