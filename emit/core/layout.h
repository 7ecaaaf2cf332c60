// Where the generated tree keeps what. The one place that knows the folders: every emitter asks here.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "emit/core/emitter.h"

namespace hlab::emit {

/// Folders of what one cluster takes from its repository.
struct ClusterLayout {
  std::string applications = "kubernetes/argocd-apps";
  std::string apps = "kubernetes/apps";
  std::string platform = "kubernetes/infrastructure";
  std::string bootstrap = "kubernetes/bootstrap";
};

/// Folders relative to the output, without a slash at either end; "" is the output itself. The values
/// here are those of a lab without `gitops`, and a test compares them with the library's.
struct Layout {
  std::string ansible = "infrastructure/ansible";
  std::string nixos = "infrastructure/nixos";
  std::string scripts = "scripts";
  std::string tailscale = "infrastructure/tailscale";
  std::string readme = "README.md";
  ClusterLayout usual;                               // of a cluster that no `gitops` serves
  std::map<program::InstanceId, ClusterLayout> own;  // of the others

  [[nodiscard]] const ClusterLayout& of(const model::View& cluster) const;
};

/// What concerns machines is as the first `gitops` by name says it, what concerns a cluster as its own does.
Layout layout_of(const EmitInput& input);

/// The folder of a workload: its own (`at`), or its name in the folder of its layer.
std::string workload_folder(const Layout& layout, const model::View& workload);
/// Where its plain manifests lie.
std::string manifests_folder(const Layout& layout, const model::View& workload);
/// Where objects lie that can only follow its chart, for an engine that needs them apart.
std::string objects_folder(const Layout& layout, const model::View& workload);
/// Where the values of its chart lie, for a `helm` workload.
std::string values_path(const Layout& layout, const model::View& workload);

/// `folder/name`, or `name` where the folder is the output itself.
std::string join_path(std::string_view folder, std::string_view name);

}  // namespace hlab::emit
