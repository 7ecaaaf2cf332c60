// The trees that a service is made of, and the texts in them by their keys: `image`, `storageClass`.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::graph {

struct WorkloadTree {
  model::View holder;  // the service, or the patch of one of its objects
  std::string_view field;
  values::Value tree;

  /// Where a value of it was written: by the lab itself, else the whole field.
  [[nodiscard]] Span place_of(const values::Value& value) const;
};

/// A chart's values.
[[nodiscard]] WorkloadTree chart_values(const model::View& helm);
/// Whole objects of a service.
[[nodiscard]] std::vector<WorkloadTree> object_trees(const model::View& workload);

/// Every text that stands under a key, in the order of the tree.
void each_text(const WorkloadTree& tree,
               const std::function<void(std::string_view key, const values::Value& text)>& take);

}  // namespace hlab::graph
