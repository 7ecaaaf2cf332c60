#include "compiler/graph/resolver_edges.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/graph/lab_hosts.h"
#include "compiler/graph/start_needs.h"

namespace hlab::graph {
namespace {

using model::View;

constexpr std::int64_t kNames = 53;

struct Asked {
  std::vector<View> services;  // that answer; none where somebody else does too
  Span at;                     // where a network says so
};

bool all_on_machines(const Asked& asked) {
  return std::all_of(asked.services.begin(), asked.services.end(),
                     [](const View& service) { return service.is("host-service"); });
}

/// The one cluster in which all of them run; none where they are not of one.
View cluster_of(const Asked& asked) {
  const View first = asked.services.empty() ? View() : asked.services.front().ref("cluster");
  const bool alike = std::all_of(asked.services.begin(), asked.services.end(),
                                 [&](const View& service) {
                                   return service.is("workload") && service.ref("cluster") == first;
                                 });
  return alike ? first : View();
}

class Resolvers {
 public:
  Resolvers(const program::Program& program, const program::Lab& lab, LabGraph& graph)
      : program_(program), lab_(lab), graph_(graph) {}

  void add() {
    for (const View& cluster : model::all(program_, lab_, "k3s")) {
      bool fetches = false;
      for (const View& node : cluster.refs("nodes")) {
        // Other systems are told elsewhere whom they ask.
        if (node.ref("os").text("family") != "nixos") continue;
        const Asked asked = asked_by(node, cluster);
        const View other = cluster_of(asked);
        if (all_on_machines(asked)) {
          for (const View& service : asked.services) wait(cluster, node, service, asked.at);
        } else if (other && !(other == cluster) && !std::exchange(fetches, true)) {
          for (const View& service : asked.services) fetch(cluster, node, service, asked.at);
        }
      }
    }
    graph_.edges.insert(graph_.edges.end(), more_.begin(), more_.end());
  }

 private:
  [[nodiscard]] Asked asked_by(const View& node, const View& cluster) {
    Asked out;
    for (const View& network : model::all(program_, lab_, "network")) {
      if (network.is("tailscale") || node.at("address", network).is(values::ValueKind::absent))
        continue;
      for (const std::string& server : network.texts("dns")) {
        if (!hosts_) hosts_.emplace(program_, lab_);
        const View service = hosts_->find({server, kNames}, cluster).service;
        if (!service || service.flag("extern")) return {};
        out.services.push_back(service);
        if (!out.at.valid()) out.at = network.set_at("dns");
      }
    }
    return out;
  }

  /// The cluster is there once its machines find names.
  void wait(const View& cluster, const View& node, const View& service, Span at) {
    if (!needs_.reach(service.id(), cluster.id())) add(cluster, service, EdgeCause::use, node, at);
  }

  /// It is there before, and its machines fetch no image.
  void fetch(const View& cluster, const View& node, const View& service, Span at) {
    for (const std::string_view kind : {"workload", "gitops"}) {
      for (const View& one : model::all(program_, lab_, kind)) {
        const bool engine = one.is("gitops") && one.ref("engine");
        if (one.owner() || one.flag("extern") || engine || !(one.ref("cluster") == cluster))
          continue;
        const bool beside = one.is("object") && one.ref("of");
        // Of a `gitops` what is fetched is its repository.
        const EdgeCause cause = one.is("gitops") ? EdgeCause::use : EdgeCause::fetch;
        if (!beside && !needs_.reach(service.id(), one.id())) add(one, service, cause, node, at);
      }
    }
  }

  void add(const View& from, const View& service, EdgeCause cause, const View& node, Span at) {
    more_.push_back(
        {from.id(), service.id(), EdgeMode::start, cause, at,
         graph_.reasons->keep(fmt::format("`{}` asks nobody else for names", node.name()))});
  }

  const program::Program& program_;
  const program::Lab& lab_;
  LabGraph& graph_;
  std::optional<LabHosts> hosts_;  // few labs ask
  StartNeeds needs_{graph_};
  std::vector<Edge> more_;
};

}  // namespace

void add_resolver_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph) {
  Resolvers(program, lab, graph).add();
}

}  // namespace hlab::graph
