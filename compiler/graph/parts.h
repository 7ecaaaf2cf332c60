// The parts of declarations as nodes of their own: volumes, endpoints (each a name of the lab, and a
// certificate where somebody signs one), disks, hardware.
#pragma once

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

[[nodiscard]] bool is_part(const model::View& instance);

/// The lab's graph with its parts: each declaration leads to its parts, and each part to what it names. For
/// whoever looks at it; orders are those of the other one. Depths and stages of a part are its declaration's.
[[nodiscard]] LabGraph link_parts(const program::Program& program, const program::Lab& lab,
                                  const LabGraph& graph);

}  // namespace hlab::graph
