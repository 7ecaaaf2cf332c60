#include "compiler/check/arm_order.h"

#include "compiler/check/declaration_diags.h"

namespace hlab::check {

void ArmOrder::see(Span arm, std::string_view takes, bool covered, bool is_rest) {
  const auto same = taken_.find(takes);
  const bool doubled = same != taken_.end();
  if (!doubled && (!covered || is_rest || taken_.empty())) {
    taken_.emplace(takes, arm);
    last_ = arm;
    return;
  }
  diags_.report(kUnreachableArm, arm, fmt::format("the arm `{}`", takes))
      .label(doubled ? same->second : last_,
             doubled ? "the same is taken here" : "the rest is taken here");
}

}  // namespace hlab::check
