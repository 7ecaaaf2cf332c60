#include "compiler/graph/derived_edges.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compiler/graph/class_edges.h"
#include "compiler/graph/fetch_edges.h"
#include "compiler/graph/resolver_edges.h"
#include "compiler/model/tree_entry.h"

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
  Apis(const program::Program& program, const program::Lab& lab,
       const std::vector<FileObject>& files, LabGraph& graph)
      : program_(program),
        lab_(lab),
        files_(files),
        graph_(graph),
        workloads_(model::all(program, lab, "workload")) {}

  void add() {
    for (const View& workload : workloads_) {
      for (const std::string& group : workload.texts("apis")) brings(workload, group);
      definitions(workload);
    }
    for (const FileObject& file : files_)
      brings(View(program_, lab_, file.manifests), file.defines);
    if (bringers_.empty()) return;
    for (const View& workload : workloads_) {
      if (workload.owner()) continue;
      used_in(workload, "objects");
      used_in(workload, "cluster-objects");
      if (workload.is("object")) uses(workload, workload.text("api"), workload.set_at("api"));
    }
    for (const FileObject& file : files_) {
      const View manifests(program_, lab_, file.manifests);
      uses(manifests, file.api_version, manifests.set_at("from"));
    }
  }

 private:
  void brings(const View& workload, const std::string& group) {
    if (!group.empty())
      bringers_.emplace(std::pair(workload.ref("cluster").id().index, group), workload);
  }

  /// Definitions among the lab's own objects.
  void definitions(const View& workload) {
    constexpr std::string_view kDefinition = "CustomResourceDefinition";
    const auto take = [&](const Value* spec) {
      const Value* group = spec == nullptr ? nullptr : tree_entry(workload, *spec, "group");
      if (group != nullptr) brings(workload, workload.text_of(*group));
    };
    for (const std::string_view field : {"objects", "cluster-objects"}) {
      for (const auto& [name, object] : workload.entries(field)) {
        const Value* kind = tree_entry(workload, object, "kind");
        if (kind != nullptr && workload.text_of(*kind) == kDefinition)
          take(tree_entry(workload, object, "spec"));
      }
    }
    if (workload.is("object") && workload.text("type") == kDefinition)
      take(&workload.value("spec"));
  }

  void used_in(const View& workload, std::string_view field) {
    for (const auto& [name, object] : workload.entries(field)) {
      const Value* version = tree_entry(workload, object, "apiVersion");
      if (version != nullptr) uses(workload, workload.text_of(*version), workload.set_at(field));
    }
  }

  void uses(const View& workload, const std::string& api_version, Span at) {
    const std::string group = group_of(api_version);
    const auto found = bringers_.find({workload.ref("cluster").id().index, group});
    if (group.empty() || found == bringers_.end() || found->second == workload) return;
    // What lies beside a service is applied with it.
    if (found->second.is("object") && found->second.ref("of") == workload) return;
    graph_.edges.push_back({workload.id(), found->second.top().id(), EdgeMode::start,
                            EdgeCause::use, at,
                            graph_.reasons->keep(fmt::format("an object of `{}`", group))});
  }

  const program::Program& program_;
  const program::Lab& lab_;
  const std::vector<FileObject>& files_;
  LabGraph& graph_;
  const std::vector<View> workloads_;
  std::map<std::pair<std::uint32_t, std::string>, View> bringers_;
};

bool makes_pods(const std::string& api_version, const std::string& kind) {
  const std::string group = group_of(api_version);
  return group == "apps" || group == "batch" || (group.empty() && kind == "Pod");
}

/// Whether it is objects alone of which none is known to make pods.
bool is_without_pods(const View& workload, const std::vector<FileObject>& files) {
  if (workload.is("object")) return !makes_pods(workload.text("api"), workload.text("type"));
  if (!workload.is("manifests")) return false;
  for (const std::string_view field : {"objects", "cluster-objects"}) {
    for (const auto& [name, object] : workload.entries(field)) {
      const Value* version = tree_entry(workload, object, "apiVersion");
      const Value* kind = tree_entry(workload, object, "kind");
      if (version == nullptr || kind == nullptr ||
          makes_pods(workload.text_of(*version), workload.text_of(*kind)))
        return false;
    }
  }
  return std::none_of(files.begin(), files.end(), [&](const FileObject& file) {
    return file.manifests == workload.id() && makes_pods(file.api_version, "");
  });
}

/// What must be there before the service starts, directly or around.
std::set<InstanceId> needs_to_start(InstanceId service, const LabGraph& graph) {
  std::multimap<InstanceId, InstanceId> needs;
  for (const Edge& edge : graph.edges) {
    if (edge.mode == EdgeMode::start) needs.emplace(edge.from, edge.to);
  }
  std::set<InstanceId> out;
  std::vector<InstanceId> open{service};
  while (!open.empty()) {
    const auto [first, last] = needs.equal_range(open.back());
    open.pop_back();
    for (auto edge = first; edge != last; ++edge) {
      if (out.insert(edge->second).second) open.push_back(edge->second);
    }
  }
  return out;
}

/// No pod starts before its cluster has a network for pods, but those that have the machine's. Objects that make none as far
/// as anybody knows, such as definitions, may be what the network itself needs.
void add_pod_networks(const program::Program& program, const program::Lab& lab,
                      const std::vector<FileObject>& files, LabGraph& graph) {
  std::map<InstanceId, View> cluster_of;  // by what gives its pods a network
  for (const View& cluster : model::all(program, lab, "k3s")) {
    const View cni = cluster.ref("cni");
    if (cni && !cni.flag("extern")) cluster_of.emplace(cluster.id(), cni);
  }
  if (cluster_of.empty()) return;
  std::map<InstanceId, std::set<InstanceId>> needed;  // by what gives pods a network
  for (const auto& [_, cni] : cluster_of) needed.emplace(cni.id(), needs_to_start(cni.id(), graph));
  for (const View& workload : model::all(program, lab, "workload")) {
    const View cluster = workload.ref("cluster");
    const auto found = cluster ? cluster_of.find(cluster.id()) : cluster_of.end();
    if (found == cluster_of.end() || workload.owner() || workload.flag("host-network")) continue;
    const View& cni = found->second;
    const bool beside = workload.is("object") && workload.ref("of");
    if (workload == cni || beside || workload.flag("extern")) continue;
    if (needed[cni.id()].contains(workload.id()) && is_without_pods(workload, files)) continue;
    graph.edges.push_back({workload.id(), cni.id(), EdgeMode::start, EdgeCause::use,
                           cluster.set_at("cni"),
                           graph.reasons->keep(fmt::format("`cni` of `{}`", cluster.path()))});
  }
}

}  // namespace

void add_derived_edges(const program::Program& program, const program::Lab& lab,
                       const std::vector<FileObject>& files, LabGraph& graph) {
  add_fetch_edges(program, lab, files, graph);
  add_class_edges(program, lab, graph);
  Apis(program, lab, files, graph).add();
  Companions(program, lab, graph).add();
  add_pod_networks(program, lab, files, graph);
  add_resolver_edges(program, lab, graph);
}

}  // namespace hlab::graph
