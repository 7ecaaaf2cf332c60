// Which rounds of loops made two claims that one text says.
#pragma once

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

}  // namespace hlab::rules
