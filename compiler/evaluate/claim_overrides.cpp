// Overrides are laid over what they change: over claims when these are made, for there are none before.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/diag/suggest.h"
#include "compiler/evaluate/override_path.h"
#include "compiler/evaluate/variation.h"
#include "compiler/evaluate/variation_diags.h"

namespace hlab::evaluate {

using program::Lab;
using program::Program;

InstanceId find_claimed(const Program& program, const Lab& lab, InstanceId owner,
                        std::string_view offer, std::string_view name) {
  InstanceId planned;
  const auto [first, last] = lab.claims_of.equal_range(owner.index);
  for (auto it = first; it != last; ++it) {
    const program::Claim& one = lab.claims[it->second];
    const bool meant = program.text(program.functions[one.offer].name) == offer &&
                       program.text(one.name) == name;
    if (!meant) continue;
    if (!lab.instances[one.made].planned) return one.made;
    planned = one.made;
  }
  return planned;
}

void apply_overrides(const Program& program, Evaluator& evaluator,
                     const std::vector<Override>& overrides) {
  for (const Override& change : overrides) {
    const Evaluator::LaidOverride laid{change.entry, change.skip, change.context};
    if (!change.offer.valid()) {
      evaluator.apply_override(change.target, laid);
      continue;
    }
    const Symbol offer = program.functions[change.offer].name;
    if (evaluator.held(change.target, offer, change.claimed) != nullptr) {
      evaluator.apply_override(change.target, {change.entry, change.skip - 2, change.context});
    } else {
      evaluator.overrides_of_claims.emplace(
          std::tuple(change.target.index, offer.index, change.claimed.index), laid);
    }
  }
}

namespace {

/// What others claim of it by that offer.
std::vector<std::string_view> claimed_names(const Program& program, const Lab& lab,
                                            const Override& change) {
  std::vector<std::string_view> names;
  const auto [first, last] = lab.claims_of.equal_range(change.target.index);
  for (auto it = first; it != last; ++it) {
    const program::Claim& one = lab.claims[it->second];
    if (program.functions[one.offer].name == program.functions[change.offer].name)
      names.push_back(program.text(one.name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

void report_unclaimed(const Program& program, const Lab& lab, const Evaluator& evaluator,
                      const std::vector<Override>& overrides, diag::Diagnostics& diags) {
  for (const Override& change : overrides) {
    if (!change.offer.valid()) continue;
    const Symbol offer = program.functions[change.offer].name;
    if (evaluator.held(change.target, offer, change.claimed) != nullptr) continue;
    const std::string_view name = program.text(change.claimed);
    const InstanceId made = find_claimed(program, lab, change.target, program.text(offer), name);
    const syntax::Entry& e = program.ast->entries[change.entry];
    if (made.valid()) {
      if (lab.instances[made].gone)
        diags.report(kLeftOut, e.name_span, program::instance_path(program, lab, made));
      continue;
    }
    const OverridePath path(program, lab, e);
    auto report = diags.report(kNoOverridePlace, e.name_span, path.written());
    const std::string_view near = diag::closest(name, claimed_names(program, lab, change));
    if (near.empty()) {
      report.help(fmt::format("nobody claims a {} `{}` of `{}`", program.text(offer), name,
                              program::instance_path(program, lab, change.target)));
    } else {
      report.suggest(path.with(change.skip - 1, near));
    }
  }
}

}  // namespace hlab::evaluate
