#include "compiler/graph/fetch_edges.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "compiler/graph/lab_hosts.h"
#include "compiler/graph/workload_trees.h"

namespace hlab::graph {
namespace {

using model::View;
using values::Value;

/// By what charts name an image's repository, or the registry of all their images.
constexpr std::string_view kImageKeys[] = {"image", "repository"};
constexpr std::string_view kRegistryKeys[] = {"registry", "imageRegistry"};
/// By what objects do: those of Kubernetes itself, and those of operators.
constexpr std::string_view kObjectKeys[] = {"image", "imageName"};

bool is_one_of(const std::string_view (&keys)[2], std::string_view key) {
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

class Fetches {
 public:
  Fetches(const program::Program& program, const program::Lab& lab,
          const std::vector<FileObject>& files, LabGraph& graph)
      : program_(program), lab_(lab), files_(files), graph_(graph), hosts_(program, lab) {}

  void add() {
    if (hosts_.empty()) return;
    for (const View& service : model::all(program_, lab_, "workload")) {
      if (service.owner() || service.flag("extern")) continue;
      if (service.is("container")) images(service);
      if (service.is("helm")) chart(service);
      for (const WorkloadTree& tree : object_trees(service)) objects(service, tree);
    }
    for (const View& patch : model::all(program_, lab_, "patch")) patched(patch);
    for (const FileObject& file : files_) copied(file);
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
    const WorkloadTree tree = chart_values(service);
    each_text(tree, [&](std::string_view key, const Value& value) {
      const std::string text = service.text_of(value);
      if (is_one_of(kImageKeys, key)) tree_image(service, text, tree.place_of(value));
      if (is_one_of(kRegistryKeys, key)) tree_image(service, text + "/", tree.place_of(value));
    });
  }

  void objects(const View& service, const WorkloadTree& tree) {
    each_text(tree, [&](std::string_view key, const Value& value) {
      if (is_one_of(kObjectKeys, key))
        tree_image(service, service.text_of(value), tree.place_of(value));
    });
  }

  /// Of an object that is called like its service.
  void patched(const View& patch) {
    const std::string target = patch.text("target");
    const std::string name = target.substr(target.find('/') + 1);
    for (const View& service : model::all(program_, lab_, "workload")) {
      const View of = patch.ref("of");
      const bool meant = of ? of == service : service.name() == name;
      if (!meant || service.owner() || service.flag("extern")) continue;
      objects(service, {patch, "change", patch.value("change")});
    }
  }

  void copied(const FileObject& file) {
    const View manifests(program_, lab_, file.manifests);
    for (const std::string& image : file.images)
      tree_image(manifests, image, manifests.set_at("from"));
  }

  /// A registry may well be told its own name.
  void tree_image(const View& service, const std::string& text, Span at) {
    const HostAndPort host = host_of_image(text);
    if (hosts_.find(host, View()).service == service) return;
    fetch(service, View(), host, at, "its image");
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
    if (asker.is("cluster") || !from.endpoint || !from.service.is("workload")) return;
    const View& way = from.endpoint;
    by_way(asker, from.service, way.ref("ingress"), at,
           fmt::format("`{}` is reached through it", host.host));
    by_way(asker, from.service, way.ref("announcer"), at,
           fmt::format("it answers for the address of `{}`", host.host));
    by_way(asker, from.service, way.ref("issuer").ref("operator"), at,
           fmt::format("it has the certificate of `{}` signed", host.host));
  }

  /// Who is on the way to what it fetches gets nothing before it runs itself.
  void by_way(const View& asker, const View& service, const View& way, Span at,
              const std::string& reason) {
    if (!way || way.flag("extern") || way.top() == service) return;
    if (way.top() == asker) return link(service, asker, at, reason, EdgeCause::use);
    link(asker, way.top(), at, reason);
  }

  void link(const View& asker, const View& service, Span at, const std::string& reason,
            EdgeCause cause = EdgeCause::fetch) {
    graph_.edges.push_back(
        {asker.id(), service.id(), EdgeMode::start, cause, at, graph_.reasons->keep(reason)});
  }

  const program::Program& program_;
  const program::Lab& lab_;
  const std::vector<FileObject>& files_;
  LabGraph& graph_;
  const LabHosts hosts_;
};

}  // namespace

void add_fetch_edges(const program::Program& program, const program::Lab& lab,
                     const std::vector<FileObject>& files, LabGraph& graph) {
  Fetches(program, lab, files, graph).add();
}

}  // namespace hlab::graph
