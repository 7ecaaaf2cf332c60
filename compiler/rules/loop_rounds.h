// Which rounds of loops, and which calls, made two claims that one text says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/rules/rule.h"

namespace hlab::rules {

/// The rounds in which an instance was declared, or its entry of a map written.
[[nodiscard]] const program::Env* rounds_of(const model::View& holder);
/// Of an entry of one of its maps.
[[nodiscard]] const program::Env* rounds_of(const model::View& holder, std::string_view field,
                                            values::MapKey key);

/// Labels at the loops: of the one told, and of the one that was first.
void tell_rounds(const RuleInput& input, diag::Report report, const program::Env* first,
                 const program::Env* second);

/// A value that a lab says of one of its instances.
struct SaidValue {
  model::View holder;
  Span at;
  syntax::ExprId origin;  // what made the value; none where nobody looks further
  const program::Env* rounds = nullptr;
};

/// Labels at the loops and at the calls of functions by which two values came about that clash.
void tell_ways(const RuleInput& input, diag::Report report, const SaidValue& first,
               const SaidValue& second);

/// How to mend what one text says of both: by the variable of the loop, or by the name of the holder.
/// `std::nullopt` where two texts say it.
[[nodiscard]] std::optional<std::string> part_that_differs(const RuleInput& input,
                                                           const SaidValue& first,
                                                           const SaidValue& second);

}  // namespace hlab::rules
