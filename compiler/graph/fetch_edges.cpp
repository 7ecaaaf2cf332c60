#include "compiler/graph/fetch_edges.h"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace hlab::graph {
namespace {

using model::View;

std::string without_port(std::string_view host) {
  if (host.starts_with('[')) return std::string(host.substr(1, host.find(']') - 1));
  return std::string(host.substr(0, host.find(':')));
}

/// What answers for a host; without an endpoint it is found by its name in the cluster.
struct Host {
  View service;
  View endpoint;
};

class Fetches {
 public:
  Fetches(const program::Program& program, const program::Lab& lab, LabGraph& graph)
      : program_(program), lab_(lab), graph_(graph) {}

  void add() {
    learn_hosts();
    if (by_name_.empty() && by_namespace_.empty()) return;
    for (const View& service : model::all(program_, lab_, "workload")) {
      if (service.owner() || service.flag("extern")) continue;
      if (service.is("container")) images(service);
      if (!service.is("helm")) continue;
      const View chart = service.ref("chart");
      fetch(service, host_of_url(chart.text("repo")), chart.set_at("repo"), "the chart");
    }
    for (const View& gitops : model::all(program_, lab_, "gitops")) {
      fetch(gitops, host_of_url(gitops.text("repo")), gitops.set_at("repo"), "`repo`");
    }
  }

 private:
  void learn_hosts() {
    for (const View& endpoint : model::all(program_, lab_, "endpoint")) {
      const View service = endpoint.top();
      if (!service.is("service") || service.flag("extern")) continue;
      by_name_.emplace(endpoint.text("fqdn"), Host{service, endpoint});
      for (const auto& [pool, address] : endpoint.entries("address")) {
        if (!address.hollow()) by_name_.emplace(endpoint.text_of(address), Host{service, endpoint});
      }
    }
    for (const View& workload : model::all(program_, lab_, "workload")) {
      if (workload.owner() || workload.is("object") || workload.flag("extern")) continue;
      const auto key = std::pair(workload.ref("cluster").id().index, workload.text("namespace"));
      const auto [known, fresh] = by_namespace_.emplace(key, workload);
      if (!fresh) known->second = View();  // several services: nobody can say which
    }
  }

  void images(const View& service) {
    fetch(service, host_of_image(service.text("image")), service.set_at("image"), "its image");
    for (const auto& [name, init] : service.held("init")) {
      fetch(service, host_of_image(init.text("image")), init.set_at("image"), "an image");
    }
  }

  /// `git.tools.svc.cluster.local` is a service of the namespace `tools`; machines do not know such
  /// names, so images never come from there.
  [[nodiscard]] Host in_cluster(const View& asker, const std::string& host) const {
    const std::size_t first = host.find('.');
    if (first == std::string::npos) return {};
    const std::size_t second = host.find('.', first + 1);
    if (second == std::string::npos) return {};
    const std::string rest = host.substr(second);
    if (rest != ".svc" && !rest.starts_with(".svc.")) return {};
    View cluster = asker.ref("cluster");
    if (!cluster) cluster = asker.ref("engine").ref("cluster");
    const auto found =
        by_namespace_.find({cluster.id().index, host.substr(first + 1, second - first - 1)});
    return found == by_namespace_.end() ? Host{} : Host{found->second, {}};
  }

  void fetch(const View& asker, const std::string& host, Span at, std::string_view what) {
    if (host.empty()) return;
    const auto named = by_name_.find(host);
    const Host from = named != by_name_.end() ? named->second : in_cluster(asker, host);
    if (!from.service) return;
    link(asker, from.service, at, fmt::format("{} comes from `{}`", what, host));
    const View ingress = from.endpoint.ref("ingress");
    if (ingress && !(ingress.top() == asker)) {
      link(asker, ingress.top(), at, fmt::format("`{}` is reached through it", host));
    }
  }

  void link(const View& asker, const View& service, Span at, const std::string& reason) {
    graph_.edges.push_back({asker.id(), service.id(), EdgeMode::start, EdgeCause::fetch, at,
                            graph_.reasons->keep(reason)});
  }

  const program::Program& program_;
  const program::Lab& lab_;
  LabGraph& graph_;
  std::map<std::string, Host, std::less<>> by_name_;
  std::map<std::pair<std::uint32_t, std::string>, View> by_namespace_;
};

}  // namespace

std::string host_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const bool short_form = scheme == std::string_view::npos;
  if (!short_form) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('/'));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  return without_port(url);
}

std::string host_of_image(std::string_view image) {
  const std::size_t slash = image.find('/');
  if (slash == std::string_view::npos) return "";
  const std::string_view first = image.substr(0, slash);
  const bool host = first.find_first_of(".:") != std::string_view::npos || first == "localhost";
  return host ? without_port(first) : "";
}

void add_fetch_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph) {
  Fetches(program, lab, graph).add();
}

}  // namespace hlab::graph
