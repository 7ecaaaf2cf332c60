#include "compiler/graph/resolver_edges.h"

#include <fmt/format.h>

#include <optional>

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

class Resolvers {
 public:
  Resolvers(const program::Program& program, const program::Lab& lab, LabGraph& graph)
      : program_(program), lab_(lab), graph_(graph) {}

  void add() {
    for (const View& cluster : model::all(program_, lab_, "k3s")) {
      for (const View& node : cluster.refs("nodes")) {
        // Other systems are told elsewhere whom they ask.
        if (node.ref("os").text("family") != "nixos") continue;
        const Asked asked = asked_by(node, cluster);
        for (const View& service : asked.services) link(cluster, node, service, asked.at);
      }
    }
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
        if (!service.is("host-service") || service.flag("extern")) return {};
        out.services.push_back(service);
        if (!out.at.valid()) out.at = network.set_at("dns");
      }
    }
    return out;
  }

  void link(const View& cluster, const View& node, const View& service, Span at) {
    if (needs_.reach(service.id(), cluster.id())) return;
    graph_.edges.push_back(
        {cluster.id(), service.id(), EdgeMode::start, EdgeCause::use, at,
         graph_.reasons->keep(fmt::format("`{}` asks nobody else for names", node.name()))});
  }

  const program::Program& program_;
  const program::Lab& lab_;
  LabGraph& graph_;
  std::optional<LabHosts> hosts_;  // few labs ask
  StartNeeds needs_{graph_};
};

}  // namespace

void add_resolver_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph) {
  Resolvers(program, lab, graph).add();
}

}  // namespace hlab::graph
