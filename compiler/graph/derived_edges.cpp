#include "compiler/graph/derived_edges.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "compiler/graph/class_edges.h"
#include "compiler/graph/fetch_edges.h"
#include "compiler/graph/network_edges.h"
#include "compiler/graph/resolver_edges.h"
#include "compiler/graph/start_needs.h"
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

/// Whether it is known to have pods: of a chart, or of objects of other kinds, nobody here knows.
bool has_pods(const View& workload, const std::vector<FileObject>& files) {
  if (workload.is("container")) return true;
  const bool in_files = std::any_of(files.begin(), files.end(), [&](const FileObject& file) {
    const std::string group = group_of(file.api_version);
    return file.manifests == workload.id() && (group == "apps" || group == "batch");
  });
  if (in_files) return true;
  const auto makes_pods = [](const std::string& kind) {
    constexpr std::array<std::string_view, 7> kKinds{
        "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"};
    return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
  };
  if (workload.is("object")) return makes_pods(workload.text("type"));
  const auto objects = workload.entries("objects");
  return std::any_of(objects.begin(), objects.end(), [&](const auto& entry) {
    const Value* kind = tree_entry(workload, entry.second, "kind");
    return kind != nullptr && makes_pods(workload.text_of(*kind));
  });
}

/// No pod starts before its cluster has a network for pods, but those that have the machine's.
class PodNetworks {
 public:
  PodNetworks(const program::Program& program, const program::Lab& lab,
              const std::vector<FileObject>& files, LabGraph& graph)
      : program_(program), lab_(lab), files_(files), graph_(graph) {
    for (const View& cluster : model::all(program, lab, "k3s")) {
      const View cni = cluster.ref("cni");
      if (cni && !cni.flag("extern")) cni_of_.emplace(cluster.id(), cni);
    }
  }

  void add() {
    if (cni_of_.empty()) return;
    StartNeeds needs(graph_);
    for (const View& workload : model::all(program_, lab_, "workload")) {
      const View cni = cni_of(workload.ref("cluster"));
      if (!cni || workload.owner() || workload.flag("host-network")) continue;
      const bool beside = workload.is("object") && workload.ref("of");
      if (workload == cni || beside || workload.flag("extern")) continue;
      // Definitions that it wants before it, for one.
      if (!has_pods(workload, files_) && needs.reach(cni.id(), workload.id())) continue;
      wait(workload, workload.ref("cluster"), cni);
    }
    for (const View& gitops : model::all(program_, lab_, "gitops")) {
      const View cluster = gitops.ref("engine") ? View() : gitops.ref("cluster");
      if (const View cni = cni_of(cluster); cni && !gitops.flag("extern"))
        wait(gitops, cluster, cni);
    }
    graph_.edges.insert(graph_.edges.end(), more_.begin(), more_.end());
  }

 private:
  [[nodiscard]] View cni_of(const View& cluster) const {
    const auto found = cluster ? cni_of_.find(cluster.id()) : cni_of_.end();
    return found == cni_of_.end() ? View() : found->second;
  }

  void wait(const View& one, const View& cluster, const View& cni) {
    more_.push_back({one.id(), cni.id(), EdgeMode::start, EdgeCause::use, cluster.set_at("cni"),
                     graph_.reasons->keep(fmt::format("`cni` of `{}`", cluster.path()))});
  }

  const program::Program& program_;
  const program::Lab& lab_;
  const std::vector<FileObject>& files_;
  LabGraph& graph_;
  std::map<InstanceId, View> cni_of_;  // by cluster: what gives its pods a network
  std::vector<Edge> more_;
};

}  // namespace

void add_derived_edges(const program::Program& program, const program::Lab& lab,
                       const std::vector<FileObject>& files, LabGraph& graph) {
  add_fetch_edges(program, lab, files, graph);
  add_class_edges(program, lab, graph);
  Apis(program, lab, files, graph).add();
  Companions(program, lab, graph).add();
  PodNetworks(program, lab, files, graph).add();
  add_network_edges(program, lab, graph);
  add_resolver_edges(program, lab, graph);
}

}  // namespace hlab::graph
