// Projects limit what an Application may do: apps make no object that concerns the whole cluster, and
// none where the engine or Kubernetes itself lives. Argo CD deletes only what the project of today
// permits, so namespaces are denied and not listed: a service that left may still be taken away.
#include <algorithm>
#include <iterator>
#include <set>

#include "emit/argocd/plan.h"
#include "emit/core/object_book.h"
#include "emit/core/yaml_file.h"

namespace hlab::emit::argocd {
namespace {

constexpr std::string_view kApps = "apps";
constexpr std::string_view kPlatform = "platform";
constexpr std::string_view kGuarded[] = {"kube-node-lease", "kube-public", "kube-system"};

// Kinds of Kubernetes itself that lie in a namespace.
bool is_namespaced(std::string_view api, std::string_view kind) {
  constexpr std::string_view kGroups[] = {"v1",
                                          "apps/",
                                          "batch/",
                                          "autoscaling/",
                                          "policy/",
                                          "discovery.k8s.io/",
                                          "coordination.k8s.io/"};
  constexpr std::string_view kOfCluster[] = {"Namespace", "Node", "PersistentVolume"};
  if (kind == "Role" || kind == "RoleBinding" || kind == "Ingress" || kind == "NetworkPolicy") {
    return true;
  }
  if (std::find(std::begin(kOfCluster), std::end(kOfCluster), kind) != std::end(kOfCluster)) {
    return false;
  }
  return api == kGroups[0] || std::any_of(std::begin(kGroups) + 1, std::end(kGroups),
                                          [&](auto group) { return api.starts_with(group); });
}

using Names = std::set<std::string, std::less<>>;
using GroupKinds = std::set<std::pair<std::string, std::string>>;

std::string text_at(const View& view, const Value& map, std::string_view name) {
  if (!map.is(ValueKind::map)) return "";
  for (const values::MapItem& item : map.map->items) {
    if (!item.key.is_instance && view.program().text(Symbol(item.key.id)) == name) {
      return view.text_of(item.value);
    }
  }
  return "";
}

struct Project {
  std::string name;
  std::string_view description;
  Names repositories;
  Names namespaces;  // that its services lie in
  Names denied;
  GroupKinds cluster_kinds;
};

/// Objects may say a namespace of their own.
void add_objects(Project& project, const View& service) {
  for (const auto& [key, object] : service.entries("cluster-objects")) {
    const std::string version = text_at(service, object, "apiVersion");
    const std::size_t slash = version.find('/');
    project.cluster_kinds.emplace(slash == std::string::npos ? "" : version.substr(0, slash),
                                  text_at(service, object, "kind"));
  }
  for (const auto& [key, object] : service.entries("objects")) {
    if (!object.is(ValueKind::map)) continue;
    for (const values::MapItem& item : object.map->items) {
      if (item.key.is_instance || service.program().text(Symbol(item.key.id)) != "metadata")
        continue;
      const std::string own = text_at(service, item.value, "namespace");
      if (!own.empty()) project.namespaces.insert(own);
    }
  }
}

/// What lies in the folder of a service, whoever says it. Of a kind that is not Kubernetes' own only
/// its definition says whether it belongs to the whole cluster; it may then be made.
void add_known_objects(Project& project, const Deployed& deployed, const ObjectBook& book) {
  for (const KnownObject& object : book.objects()) {
    if (deployed.manifests.empty() || !object.file.starts_with(deployed.manifests + "/")) continue;
    if (!object.nspace.empty()) {
      project.namespaces.insert(object.nspace);
    } else if (!is_namespaced(object.api, object.kind)) {
      const std::size_t slash = object.api.find('/');
      project.cluster_kinds.emplace(slash == std::string::npos ? "" : object.api.substr(0, slash),
                                    object.kind);
    }
  }
}

Project project_of(const Plan& plan, std::string_view name, std::string_view description) {
  Project out{std::string(name), description, {plan.repo}, {}, {}, {}};
  for (const Deployed& deployed : plan.services) {
    if (deployed.project != name) continue;
    if (!deployed.values.empty()) out.repositories.insert(chart_repository(deployed.service));
    out.namespaces.insert(deployed.nspace);
    add_objects(out, deployed.service);
    if (plan.output.book != nullptr) add_known_objects(out, deployed, *plan.output.book);
  }
  // Namespaces are made by the Applications themselves.
  out.cluster_kinds.emplace("", "Namespace");
  if (name == kPlatform) {
    out.cluster_kinds = {{"*", "*"}};
    return out;
  }
  out.denied.insert(std::begin(kGuarded), std::end(kGuarded));
  out.denied.insert(plan.nspace);
  for (const std::string& used : out.namespaces) out.denied.erase(used);
  return out;
}

void put_destination_item(Doc& doc, std::string_view nspace) {
  doc.open_map();
  put_destination(doc, nspace);
  doc.close();
}

void put_lists(Doc& doc, const Project& project) {
  doc.key("sourceRepos");
  doc.open_seq();
  for (const std::string& repository : project.repositories) doc.item(repository);
  doc.close();
  doc.key("destinations");
  doc.open_seq();
  put_destination_item(doc, "*");
  for (const std::string& nspace : project.denied) put_destination_item(doc, "!" + nspace);
  doc.close();
  doc.key("clusterResourceWhitelist");
  doc.open_seq();
  for (const auto& [group, kind] : project.cluster_kinds) {
    doc.open_map();
    doc.entry("group", group);
    doc.entry("kind", kind);
    doc.close();
  }
  doc.close();
}

void emit_project(const Plan& plan, const Project& project) {
  constexpr std::int64_t kBeforeAll = -10;
  Doc doc;
  open_object(doc, plan, "AppProject", project.name, kBeforeAll);
  doc.key("spec");
  doc.open_map();
  doc.entry("description", project.description);
  put_lists(doc, project);
  doc.close();
  doc.close();
  add_yaml(plan.input, plan.output,
           join_path(plan.folders.applications, "project-" + project.name + ".yaml"), doc,
           plan.gitops);
}

}  // namespace

/// Both, whoever is in them: an Application whose project is gone cannot be deleted.
void emit_projects(const Plan& plan) {
  emit_project(plan, project_of(plan, kApps, "Services for people"));
  emit_project(plan, project_of(plan, kPlatform, "What the cluster needs to run services"));
}

}  // namespace hlab::emit::argocd
