#include "emit/core/layout.h"

#include "compiler/graph/handover.h"
#include "emit/core/machine.h"

namespace hlab::emit {
namespace {

std::string trimmed(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path == "." ? std::string() : std::string(path);
}

void read(const model::View& layout, std::string_view field, std::string& folder) {
  if (layout.has(field)) folder = trimmed(layout.text(field));
}

ClusterLayout cluster_layout(const model::View& layout) {
  ClusterLayout out;
  read(layout, "applications", out.applications);
  read(layout, "apps", out.apps);
  read(layout, "platform", out.platform);
  read(layout, "bootstrap", out.bootstrap);
  return out;
}

}  // namespace

const ClusterLayout& Layout::of(const model::View& cluster) const {
  const auto found = own.find(cluster.id());
  return found == own.end() ? usual : found->second;
}

Layout layout_of(const EmitInput& input) {
  Layout out;
  const auto all = sorted_by_name(input.all("gitops"));
  if (all.empty()) return out;
  const model::View layout = all.front().ref("layout");
  read(layout, "ansible", out.ansible);
  read(layout, "nixos", out.nixos);
  read(layout, "scripts", out.scripts);
  read(layout, "tailscale", out.tailscale);
  read(layout, "readme", out.readme);
  out.usual = cluster_layout(layout);
  for (const model::View& gitops : all) {
    const model::View cluster = graph::cluster_of(gitops);
    if (cluster) out.own.emplace(cluster.id(), cluster_layout(gitops.ref("layout")));
  }
  return out;
}

std::string workload_folder(const Layout& layout, const model::View& workload) {
  if (workload.is("object")) {
    if (const model::View service = workload.ref("of")) return workload_folder(layout, service);
  }
  if (workload.has("at")) return trimmed(workload.text("at"));
  const bool platform = workload.text("layer") == "platform";
  const ClusterLayout& folders = layout.of(workload.ref("cluster"));
  return join_path(platform ? folders.platform : folders.apps, workload.name());
}

std::string manifests_folder(const Layout& layout, const model::View& workload) {
  return join_path(workload_folder(layout, workload), "manifests");
}

std::string objects_folder(const Layout& layout, const model::View& workload) {
  return join_path(workload_folder(layout, workload), "objects");
}

std::string values_path(const Layout& layout, const model::View& workload) {
  return join_path(workload_folder(layout, workload), "values.yaml");
}

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty()) return std::string(name);
  return std::string(folder) + "/" + std::string(name);
}

}  // namespace hlab::emit
