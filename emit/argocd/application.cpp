#include <algorithm>

#include "emit/argocd/plan.h"
#include "emit/core/namespaces.h"
#include "emit/core/value_doc.h"
#include "emit/core/yaml_file.h"

namespace hlab::emit::argocd {
namespace {

void put_chart(Doc& doc, const Deployed& deployed) {
  const View chart = deployed.service.ref("chart");
  doc.open_map();
  doc.entry("repoURL", chart_repository(deployed.service), origin_of(chart, "repo"));
  doc.entry("chart", chart.text("name"), origin_of(chart, "name"));
  doc.entry("targetRevision", chart.text("version"), origin_of(chart, "version"));
  doc.key("helm");
  doc.open_map();
  doc.entry("releaseName", deployed.service.text("release"),
            origin_of(deployed.service, "release"));
  doc.key("valueFiles");
  doc.open_seq();
  doc.item("$values/" + deployed.values);
  doc.close();
  doc.close();
  doc.close();
}

/// Argo CD takes every YAML and JSON file of a folder for a manifest. The first two levels of the
/// tree may hold the record of what hlab wrote, which is none.
void put_path(Doc& doc, std::string_view path) {
  doc.entry("path", path);
  if (std::count(path.begin(), path.end(), '/') > 1) return;
  doc.key("directory");
  doc.open_map();
  doc.entry("include", "*.yaml");
  doc.close();
}

void put_repository(Doc& doc, const Plan& plan, const Deployed& deployed) {
  doc.open_map();
  doc.entry("repoURL", plan.repo, origin_of(plan.gitops, "repo"));
  doc.entry("targetRevision", plan.branch, origin_of(plan.gitops, "branch"));
  if (!deployed.manifests.empty()) put_path(doc, deployed.manifests);
  // One source does both: it lends the chart its values and deploys its own path.
  if (!deployed.values.empty()) doc.entry("ref", "values");
  doc.close();
}

void put_sources(Doc& doc, const Plan& plan, const Deployed& deployed) {
  if (deployed.values.empty()) {
    doc.key("source");
    put_repository(doc, plan, deployed);
    return;
  }
  doc.key("sources");
  doc.open_seq();
  put_chart(doc, deployed);
  put_repository(doc, plan, deployed);
  doc.close();
}

bool ignores_differences(const Deployed& deployed) {
  const Value& list = deployed.service.value("ignore-differences");
  return list.is(ValueKind::list) && !list.list->items.empty();
}

void put_namespace_labels(Doc& doc, const Deployed& deployed) {
  if (is_kubernetes_own(deployed.nspace)) return;
  doc.key("managedNamespaceMetadata");
  doc.open_map();
  doc.key("labels");
  doc.open_map();
  doc.entry("pod-security.kubernetes.io/enforce", deployed.pod_security,
            origin_of(deployed.service, "pod-security"));
  doc.close();
  doc.close();
}

void put_sync_policy(Doc& doc, const Deployed& deployed) {
  doc.key("syncPolicy");
  doc.open_map();
  put_automation(doc);
  doc.key("syncOptions");
  doc.open_seq();
  if (!is_kubernetes_own(deployed.nspace)) doc.item("CreateNamespace=true");
  doc.item("ServerSideApply=true");
  if (ignores_differences(deployed)) doc.item("RespectIgnoreDifferences=true");
  doc.close();
  put_namespace_labels(doc, deployed);
  put_retry(doc);
  doc.close();
}

}  // namespace

void emit_application(const Plan& plan, const Deployed& deployed) {
  Doc doc;
  // Without what the cluster runs on, nothing could be deleted properly: only apps take their
  // objects with them.
  open_object(doc, plan, "Application", deployed.name, deployed.wave, deployed.project == "apps",
              origin_of_name(deployed.service));
  doc.key("spec");
  doc.open_map();
  doc.entry("project", deployed.project, origin_of(deployed.service, "layer"));
  put_sources(doc, plan, deployed);
  doc.key("destination");
  doc.open_map();
  put_destination(doc, deployed.nspace, origin_of(deployed.service, "namespace"));
  doc.close();
  if (ignores_differences(deployed)) {
    doc.key("ignoreDifferences");
    put_value(doc, deployed.service, deployed.service.value("ignore-differences"),
              Amounts::kubernetes);
  }
  put_sync_policy(doc, deployed);
  doc.close();
  doc.close();
  add_yaml(plan.input, plan.output, join_path(plan.folders.applications, deployed.name + ".yaml"),
           doc, deployed.service);
}

void emit_root(const Plan& plan) {
  Doc doc;
  open_object(doc, plan, "Application", "root");
  doc.key("spec");
  doc.open_map();
  // The projects are made by this Application, so it cannot be in one of them.
  doc.entry("project", "default");
  doc.key("source");
  doc.open_map();
  doc.entry("repoURL", plan.repo, origin_of(plan.gitops, "repo"));
  doc.entry("targetRevision", plan.branch, origin_of(plan.gitops, "branch"));
  put_path(doc, plan.folders.applications);
  doc.close();
  doc.key("destination");
  doc.open_map();
  put_destination(doc, plan.nspace);
  doc.close();
  doc.key("syncPolicy");
  doc.open_map();
  put_automation(doc);
  doc.key("syncOptions");
  doc.open_seq();
  doc.item("ServerSideApply=true");
  doc.close();
  put_retry(doc);
  doc.close();
  doc.close();
  doc.close();
  add_yaml(plan.input, plan.output, join_path(plan.folders.bootstrap, "root.yaml"), doc,
           plan.gitops);
}

}  // namespace hlab::emit::argocd
