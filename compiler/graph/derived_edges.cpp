#include "compiler/graph/derived_edges.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "compiler/graph/fetch_edges.h"

namespace hlab::graph {
namespace {

using model::View;
using values::Value;
using values::ValueKind;

/// `apps` of `apps/v1`; "" for Kubernetes' own first API.
std::string group_of(const std::string& api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string::npos ? "" : api_version.substr(0, slash);
}

/// An object lies in the folder of its service, so both are applied at once.
class Companions {
 public:
  Companions(const program::Program& program, const program::Lab& lab, LabGraph& graph)
      : program_(program), lab_(lab), graph_(graph) {}

  void add() {
    for (const View& object : model::all(program_, lab_, "object")) {
      const View service = object.ref("of");
      if (service && !object.owner()) service_of_.emplace(object.id().index, service.top().id());
    }
    if (service_of_.empty()) return;
    std::vector<Edge> more;
    for (const Edge& edge : graph_.edges) {
      const auto from = service_of_.find(edge.from.index);
      if (from == service_of_.end() || edge.mode != EdgeMode::start) continue;
      if (mate(edge.to, from->second)) continue;
      more.push_back(edge);
      more.back().from = from->second;
    }
    for (const View& object : model::all(program_, lab_, "object")) {
      const auto found = service_of_.find(object.id().index);
      if (found == service_of_.end()) continue;
      more.push_back({object.id(), found->second, EdgeMode::start, EdgeCause::use,
                      object.set_at("of"), graph_.reasons->keep("`of`")});
    }
    graph_.edges.insert(graph_.edges.end(), more.begin(), more.end());
  }

 private:
  [[nodiscard]] bool mate(InstanceId id, InstanceId service) const {
    const auto found = service_of_.find(id.index);
    return id == service || (found != service_of_.end() && found->second == service);
  }

  const program::Program& program_;
  const program::Lab& lab_;
  LabGraph& graph_;
  std::map<std::uint32_t, InstanceId> service_of_;
};

/// Definitions come before what uses them.
class Apis {
 public:
  Apis(const program::Program& program, const program::Lab& lab, LabGraph& graph)
      : program_(program), graph_(graph), workloads_(model::all(program, lab, "workload")) {}

  void add() {
    for (const View& workload : workloads_) {
      for (const std::string& group : workload.texts("apis")) {
        bringers_.emplace(std::pair(workload.ref("cluster").id().index, group), workload);
      }
    }
    if (bringers_.empty()) return;
    for (const View& workload : workloads_) {
      if (workload.owner()) continue;
      used_in(workload, "objects");
      used_in(workload, "cluster-objects");
      if (workload.is("object")) uses(workload, workload.text("api"), workload.set_at("api"));
    }
  }

 private:
  void used_in(const View& workload, std::string_view field) {
    for (const auto& [name, object] : workload.entries(field)) {
      if (!object.is(ValueKind::map)) continue;
      for (const values::MapItem& item : object.map->items) {
        if (item.key.is_instance || program_.text(Symbol(item.key.id)) != "apiVersion") continue;
        uses(workload, workload.text_of(item.value), workload.set_at(field));
      }
    }
  }

  void uses(const View& workload, const std::string& api_version, Span at) {
    const std::string group = group_of(api_version);
    const auto found = bringers_.find({workload.ref("cluster").id().index, group});
    if (group.empty() || found == bringers_.end() || found->second == workload) return;
    graph_.edges.push_back({workload.id(), found->second.top().id(), EdgeMode::start,
                            EdgeCause::use, at,
                            graph_.reasons->keep(fmt::format("an object of `{}`", group))});
  }

  const program::Program& program_;
  LabGraph& graph_;
  const std::vector<View> workloads_;
  std::map<std::pair<std::uint32_t, std::string>, View> bringers_;
};

}  // namespace

void add_derived_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph) {
  add_fetch_edges(program, lab, graph);
  Apis(program, lab, graph).add();
  Companions(program, lab, graph).add();
}

}  // namespace hlab::graph
