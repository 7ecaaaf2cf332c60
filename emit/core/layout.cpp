#include "emit/core/layout.h"

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

}  // namespace

Layout layout_of(const EmitInput& input) {
  Layout out;
  const auto all = input.all("gitops");
  if (all.empty()) return out;
  const model::View layout = all.front().ref("layout");
  read(layout, "ansible", out.ansible);
  read(layout, "nixos", out.nixos);
  read(layout, "applications", out.applications);
  read(layout, "apps", out.apps);
  read(layout, "platform", out.platform);
  read(layout, "bootstrap", out.bootstrap);
  read(layout, "scripts", out.scripts);
  read(layout, "tailscale", out.tailscale);
  return out;
}

std::string workload_folder(const Layout& layout, const model::View& workload) {
  if (workload.is("object")) {
    if (const model::View service = workload.ref("of")) return workload_folder(layout, service);
  }
  if (workload.has("at")) return trimmed(workload.text("at"));
  const bool platform = workload.text("layer") == "platform";
  return join_path(platform ? layout.platform : layout.apps, workload.name());
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
