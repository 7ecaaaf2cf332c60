#include "compiler/graph/fetch_edges.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "compiler/graph/lab_hosts.h"

namespace hlab::graph {
namespace {

using model::View;
using values::Value;
using values::ValueKind;

/// By what charts name an image's repository, or the registry of all their images.
constexpr std::string_view kImageKeys[] = {"image", "repository"};
constexpr std::string_view kRegistryKeys[] = {"registry", "imageRegistry"};

bool is_one_of(const std::string_view (&keys)[2], std::string_view key) {
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

class Fetches {
 public:
  Fetches(const program::Program& program, const program::Lab& lab, LabGraph& graph)
      : program_(program), lab_(lab), graph_(graph), hosts_(program, lab) {}

  void add() {
    if (hosts_.empty()) return;
    for (const View& service : model::all(program_, lab_, "workload")) {
      if (service.owner() || service.flag("extern")) continue;
      if (service.is("container")) images(service);
      if (service.is("helm")) chart(service);
    }
    for (const View& gitops : model::all(program_, lab_, "gitops")) {
      const View engine = gitops.ref("engine");
      fetch(gitops, engine ? engine.ref("cluster") : gitops.ref("cluster"),
            host_of_url(gitops.text("repo")), gitops.set_at("repo"), "`repo`");
    }
    for (const View& cluster : model::all(program_, lab_, "k3s")) system_images(cluster);
  }

 private:
  void images(const View& service) {
    image(service, service.text("image"), service.set_at("image"), "its image");
    for (const auto& [name, init] : service.held("init")) {
      image(service, init.text("image"), init.set_at("image"), "an image");
    }
  }

  /// Machines fetch images, and know no names of the cluster.
  void image(const View& service, std::string_view image, Span at, std::string_view what) {
    fetch(service, View(), host_of_image(image), at, what);
  }

  void chart(const View& service) {
    const View chart = service.ref("chart");
    fetch(service, service.ref("cluster"), host_of_url(chart.text("repo")), chart.set_at("repo"),
          "the chart");
    values(service, service.value("values"));
  }

  void values(const View& service, const Value& tree) {
    if (tree.is(ValueKind::list)) {
      for (const Value& item : tree.list->items) values(service, item);
    }
    if (!tree.is(ValueKind::map)) return;
    for (const values::MapItem& item : tree.map->items) {
      values(service, item.value);
      if (item.key.is_instance || !item.value.is(ValueKind::string)) continue;
      const std::string_view key = program_.text(Symbol(item.key.id));
      const std::string text = service.text_of(item.value);
      if (is_one_of(kImageKeys, key)) chart_image(service, text, item.value);
      if (is_one_of(kRegistryKeys, key)) chart_image(service, text + "/", item.value);
    }
  }

  /// A registry may well be told its own name.
  void chart_image(const View& service, const std::string& text, const Value& value) {
    const HostAndPort host = host_of_image(text);
    if (hosts_.find(host, View()).service == service) return;
    fetch(service, View(), host, place_of(service, value), "its image");
  }

  /// Of a value that the lab wrote itself; else of all values.
  [[nodiscard]] Span place_of(const View& service, const Value& value) const {
    const Span at = value.origin.valid() ? program_.ast->exprs[value.origin].span : Span{};
    const bool own = at.valid() && !program_.modules[program_.module_of(at)].library;
    return own ? at : service.set_at("values");
  }

  /// K3s' own parts are images too.
  void system_images(const View& cluster) {
    for (const std::string_view field : {"server-config", "agent-config"}) {
      for (const auto& [key, value] : cluster.entries(field)) {
        if (key != "system-default-registry") continue;
        const Span at = cluster.entry_at(field, values::MapKey::of(program_.symbols->find(key)));
        fetch(cluster, View(), host_of_image(cluster.text_of(value) + "/"), at,
              "the images of K3s itself");
      }
    }
  }

  void fetch(const View& asker, const View& cluster, const HostAndPort& host, Span at,
             std::string_view what) {
    const Answering from = hosts_.find(host, cluster);
    if (!from.service) return;
    link(asker, from.service, at, fmt::format("{} comes from `{}`", what, host.host));
    const View ingress = asker.is("cluster") ? View() : from.endpoint.ref("ingress");
    if (ingress && !(ingress.top() == asker)) {
      link(asker, ingress.top(), at, fmt::format("`{}` is reached through it", host.host));
    }
  }

  void link(const View& asker, const View& service, Span at, const std::string& reason) {
    graph_.edges.push_back({asker.id(), service.id(), EdgeMode::start, EdgeCause::fetch, at,
                            graph_.reasons->keep(reason)});
  }

  const program::Program& program_;
  const program::Lab& lab_;
  LabGraph& graph_;
  const LabHosts hosts_;
};

}  // namespace

void add_fetch_edges(const program::Program& program, const program::Lab& lab, LabGraph& graph) {
  Fetches(program, lab, graph).add();
}

}  // namespace hlab::graph
