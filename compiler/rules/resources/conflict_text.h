// What a conflict of placement says to people: which service demands what, who has it, what would mend it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/listed.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/placement/cluster_problem.h"
#include "compiler/placement/conflict.h"

namespace hlab::rules {

/// Pods of which some constraint is a member, each once.
[[nodiscard]] std::vector<std::size_t> pods_in(const placement::Conflict& conflict);
/// What one member of the conflict demands, and where the lab says so.
[[nodiscard]] diag::Label told(const placement::ClusterProblem& where,
                               const placement::Constraint& member);
[[nodiscard]] std::string nobody_finds(const placement::ClusterProblem& where,
                                       const placement::Conflict& conflict);
/// All members but the first, the nodes that matter, and that each of them counts.
void tell_members(diag::Report& report, const placement::ClusterProblem& where,
                  const placement::Conflict& conflict);
[[nodiscard]] std::string help_of(const placement::ClusterProblem& where,
                                  const placement::Conflict& conflict);

}  // namespace hlab::rules
