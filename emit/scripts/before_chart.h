// What the pods of a chart mount is there before it: helm waits for them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "emit/core/chart_objects.h"
#include "emit/core/layout.h"

namespace hlab::emit {

class BeforeCharts {
 public:
  BeforeCharts(const EmitInput& input, const EmitOutput& output, Layout layout);

  /// Files of the tree that are applied before the chart of a service, sorted: its secrets, and all objects beside it
  /// that do not need what it brings.
  [[nodiscard]] std::vector<std::string> files(const model::View& service) const;
  /// Its secrets alone.
  [[nodiscard]] std::vector<std::string> secrets(const model::View& service) const;

 private:
  Layout layout_;
  ChartObjects charts_;
  std::vector<const OutputFile*> tree_;                      // sorted by path
  std::map<std::string, std::vector<std::string>> secrets_;  // by folder
};

}  // namespace hlab::emit
