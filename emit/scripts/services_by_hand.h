// Services of a cluster that takes them from no repository: the bootstrap script applies the tree's own
// files, what is needed first.
#pragma once

#include "emit/scripts/before_chart.h"
#include "emit/scripts/bring_up.h"
#include "emit/scripts/script_text.h"

namespace hlab::emit {

/// Clusters with services that nothing else brings.
[[nodiscard]] std::vector<model::View> clusters_by_hand(const EmitInput& input);
/// Whether any of these services is a chart.
[[nodiscard]] bool has_charts_by_hand(const EmitInput& input);
/// One step for a service.
void apply_service(const BringUp& plan, const BeforeCharts& charts, const model::View& service,
                   ScriptText& out);

}  // namespace hlab::emit
