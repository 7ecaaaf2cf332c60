// Where the lab leads values round in a circle that only the library computes.
#pragma once

#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::evaluate {

/// One value of the circle: whose it is, and the expression that asks for the next one.
struct CircleStep {
  program::InstanceId holder;
  syntax::ExprId asks;
};

/// The references in the lab by which one instance of the circle comes to the next; none where the lab
/// itself computes a value of it.
[[nodiscard]] std::vector<Span> circle_places(const program::Program& program,
                                              const program::Lab& lab, const SourceMap& sources,
                                              const std::vector<CircleStep>& steps);

/// Whether something of that rule is told at one of the places already.
[[nodiscard]] bool tells_of(const diag::Diagnostics& diags, const diag::DiagInfo& info,
                            const std::vector<Span>& places);

}  // namespace hlab::evaluate
