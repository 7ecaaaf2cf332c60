// Which arms of a `match` an earlier one leaves nothing for.
#pragma once

#include <string_view>
#include <unordered_map>

#include "compiler/diag/diagnostics.h"

namespace hlab::check {

class ArmOrder {
 public:
  explicit ArmOrder(diag::Diagnostics& diags) : diags_(diags) {}

  /// The next arm, by what it takes as it is written; `covered`: those before take all there is. A last `_` is no
  /// mistake then.
  void see(Span arm, std::string_view takes, bool covered, bool is_rest);

 private:
  diag::Diagnostics& diags_;
  std::unordered_map<std::string_view, Span> taken_;
  Span last_;  // of those that took something
};

}  // namespace hlab::check
