// A rule looks at the whole lab and its graph: what several declarations know only together. What one
// instance can know is a `check` of its kind, in stdlib.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/graph/lab_graph.h"
#include "compiler/model/view.h"
#include "compiler/source/source_map.h"

namespace hlab::rules {

struct RuleInput {
  const program::Program& program;
  const program::Lab& lab;
  const graph::LabGraph& graph;
  const SourceMap& sources;
  /// What images are built for, where `hlab vendor` brought it.
  const std::map<std::string, std::vector<std::string>>* image_platforms = nullptr;

  [[nodiscard]] std::vector<model::View> all(std::string_view core_kind) const {
    return model::all(program, lab, core_kind);
  }
};

struct Rule {
  const diag::DiagInfo* info;
  /// None where another rule's check reports this one as well.
  void (*check)(const RuleInput& input, diag::Diagnostics& diags);
};

/// Every rule, in the order in which they are asked (all_rules.cpp).
[[nodiscard]] const std::vector<Rule>& all_rules();

void run_rules(const RuleInput& input, diag::Diagnostics& diags);

/// What `look` reports; nothing where it met a value in error, for what it finds may come of that one mistake, which
/// was told.
void tell_if_known(diag::Diagnostics& diags, const std::function<void()>& look);

}  // namespace hlab::rules
