// Diagnostics of the dependency graph (HL5).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::graph {

inline const diag::Diag<std::string_view> kStartCycle{
    {"HL5001", "start-cycle", diag::Severity::error,
     "declarations that wait for each other, so that none can start first",
     "Starting follows the `to start` references: what is needed starts before. In a circle nothing can "
     "begin. Each step is shown with its place. A reference that is needed only later is declared `at "
     "run`, one of which only facts are read `by value`.",
     "",
     ""},
    "{} wait for each other, so none can start first"};

inline const diag::DiagInfo* const kAllGraphDiags[] = {&kStartCycle.info};

}  // namespace hlab::graph
