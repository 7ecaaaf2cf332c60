// What `hlab explain` prints, and the table of `hlab rules`: the same declarations that the
// reference in docs/ is made from.
#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diag.h"

namespace hlab::diag {

enum class RuleOf : std::uint8_t { hlab, lab };

/// Heading, explanation wrapped to `width`, and the examples.
[[nodiscard]] std::string explain_text(const DiagInfo& info, std::size_t width = 80,
                                       RuleOf of = RuleOf::hlab);

/// One line a diagnostic: code, severity, name, title.
[[nodiscard]] std::string rules_table(const std::vector<const DiagInfo*>& infos);

/// `{"version":1,"rules":[{"code","name","severity","title"}]}`
[[nodiscard]] std::string rules_json(const std::vector<const DiagInfo*>& infos);

}  // namespace hlab::diag
