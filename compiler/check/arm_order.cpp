#include "compiler/check/arm_order.h"

#include <algorithm>

#include "compiler/check/declaration_diags.h"

namespace hlab::check {

void ArmOrder::see(Span arm, std::string_view takes, bool covered, bool is_rest) {
  const auto same = std::find_if(taken_.begin(), taken_.end(),
                                 [&](const auto& one) { return one.first == takes; });
  const bool doubled = same != taken_.end();
  if (!doubled && (!covered || is_rest || taken_.empty())) {
    taken_.emplace_back(takes, arm);
    return;
  }
  diags_.report(kUnreachableArm, arm, fmt::format("the arm `{}`", takes))
      .label(doubled ? same->second : taken_.back().second,
             doubled ? "the same is taken here" : "the rest is taken here");
}

}  // namespace hlab::check
