#include "compiler/graph/class_edges.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "compiler/graph/workload_trees.h"
#include "compiler/model/tree_entry.h"

namespace hlab::graph {
namespace {

using model::View;
using values::Value;

constexpr std::string_view kType = "StorageClass";

class Classes {
 public:
  Classes(const program::Program& program, const program::Lab& lab, LabGraph& graph)
      : program_(program), lab_(lab), graph_(graph) {}

  void add() {
    const std::vector<View> workloads = model::all(program_, lab_, "workload");
    for (const View& workload : workloads) {
      if (!workload.owner() && !workload.flag("extern")) learn(workload);
    }
    if (bringers_.empty()) return;
    for (const View& workload : workloads) {
      if (!workload.owner() && !workload.flag("extern")) uses(workload);
    }
  }

 private:
  void learn(const View& workload) {
    if (workload.is("storage-driver")) {
      brings(workload, workload.text("storage-class"));
      for (const std::string_view field : {"further-classes", "backup-classes"}) {
        for (const std::string& name : workload.texts(field)) brings(workload, name);
      }
    }
    if (workload.is("object") && workload.text("type") == kType)
      brings(workload, workload.text("object-name"));
    for (const std::string_view field : {"objects", "cluster-objects"}) {
      for (const auto& [name, object] : workload.entries(field)) {
        const Value* kind = model::tree_entry(workload, object, "kind");
        const Value* own = model::tree_text(workload, object, "metadata", "name");
        if (kind != nullptr && own != nullptr && workload.text_of(*kind) == kType)
          brings(workload, workload.text_of(*own));
      }
    }
  }

  /// What the cluster has by itself nobody waits for.
  void brings(const View& workload, const std::string& name) {
    const View cluster = workload.ref("cluster");
    const std::vector<std::string> own = cluster.texts("storage-classes");
    if (name.empty() || std::find(own.begin(), own.end(), name) != own.end()) return;
    bringers_.emplace(std::pair(cluster.id().index, name), workload);
  }

  void uses(const View& workload) {
    for (const auto& [name, volume] : workload.held("volume"))
      link(workload, volume.text("storage-class"), volume.set_at("storage-class"),
           volume.ref("on"));
    std::vector<WorkloadTree> trees = object_trees(workload);
    if (workload.is("helm")) trees.push_back(chart_values(workload));
    for (const WorkloadTree& tree : trees) {
      each_text(tree, [&](std::string_view key, const Value& value) {
        if (key == "storageClass" || key == "storageClassName")
          link(workload, workload.text_of(value), tree.place_of(value));
      });
    }
  }

  /// `known` is one that the workload waits for anyway.
  void link(const View& workload, const std::string& name, Span at, const View& known = {}) {
    const auto found = bringers_.find({workload.ref("cluster").id().index, name});
    if (found == bringers_.end()) return;
    const View& bringer = found->second;
    if (bringer == known || service_of(bringer) == service_of(workload)) return;
    graph_.edges.push_back({workload.id(), bringer.id(), EdgeMode::start, EdgeCause::use, at,
                            graph_.reasons->keep(fmt::format("a volume of the class `{}`", name))});
  }

  /// What lies beside a service is applied with it.
  static View service_of(const View& workload) {
    const View of = workload.is("object") ? workload.ref("of") : View();
    return of ? of.top() : workload;
  }

  const program::Program& program_;
  const program::Lab& lab_;
  LabGraph& graph_;
  std::map<std::pair<std::uint32_t, std::string>, View> bringers_;  // by cluster and class
};

}  // namespace

void add_class_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph) {
  Classes(program, lab, graph).add();
}

}  // namespace hlab::graph
