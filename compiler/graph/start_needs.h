// What something needs to start, and what that needs, while edges are still added.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

/// Of the `start` edges that there are when it is first asked.
class StartNeeds {
 public:
  explicit StartNeeds(const LabGraph& graph) : graph_(graph) {}

  /// Whether the one starts after the other.
  [[nodiscard]] bool reach(InstanceId from, InstanceId wanted) {
    if (needs_.empty()) {
      for (const Edge& edge : graph_.edges) {
        if (edge.mode == EdgeMode::start) needs_.emplace(edge.from.index, edge.to);
      }
    }
    std::set<InstanceId> seen{from};
    std::vector<InstanceId> open{from};
    while (!open.empty()) {
      const InstanceId one = open.back();
      open.pop_back();
      if (one == wanted) return true;
      const auto [first, last] = needs_.equal_range(one.index);
      for (auto edge = first; edge != last; ++edge) {
        if (seen.insert(edge->second).second) open.push_back(edge->second);
      }
    }
    return false;
  }

 private:
  const LabGraph& graph_;
  std::multimap<std::uint32_t, InstanceId> needs_;
};

}  // namespace hlab::graph
