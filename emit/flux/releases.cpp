// Charts: where they come from, and the release of each with its values.
#include "compiler/values/scalar_text.h"
#include "emit/core/value_doc.h"
#include "emit/core/yaml_file.h"
#include "emit/flux/plan.h"

namespace hlab::emit::flux {
namespace {

using values::Value;
using values::ValueKind;

void emit_repository(const EmitInput& input, EmitOutput& output, const View& service,
                     const std::string& folder) {
  const View chart = service.ref("chart");
  const std::string repo = chart.text("repo");
  Doc doc;
  open_object(doc, "source.toolkit.fluxcd.io/v1", "HelmRepository", service.name(),
              service.text("namespace"));
  if (repo.starts_with("oci://")) doc.entry("type", "oci");
  doc.entry("interval", "1h");
  doc.entry("url", repo, origin_of(chart, "repo"));
  doc.close();
  doc.close();
  add_yaml(input, output, join_path(folder, "helmrepository.yaml"), doc, service);
}

void put_chart(Doc& doc, const View& service) {
  const View chart = service.ref("chart");
  doc.key("chart");
  doc.open_map();
  doc.key("spec");
  doc.open_map();
  doc.entry("chart", chart.text("name"), origin_of(chart, "name"));
  doc.entry("version", chart.text("version"), origin_of(chart, "version"));
  doc.key("sourceRef");
  doc.open_map();
  doc.entry("kind", "HelmRepository");
  doc.entry("name", service.name());
  doc.close();
  doc.close();
  doc.close();
}

/// How an installation or an upgrade goes about definitions, and what it does when it fails.
void put_action(Doc& doc, std::string_view action, bool last_too) {
  doc.key(action);
  doc.open_map();
  doc.entry("crds", "CreateReplace");
  doc.key("remediation");
  doc.open_map();
  doc.entry("retries", 3);
  if (last_too) doc.entry("remediateLastFailure", true);
  doc.close();
  doc.close();
}

/// Flux cannot be told which changes of a cluster to leave alone in the words that the lab has for
/// it, so it only speaks of them there.
std::string_view drift_mode(const View& service) {
  const Value& ignored = service.value("ignore-differences");
  return ignored.is(ValueKind::list) && !ignored.list->items.empty() ? "warn" : "enabled";
}

void emit_release(const EmitInput& input, EmitOutput& output, const View& gitops,
                  const View& service, const std::string& folder) {
  Doc doc;
  open_object(doc, "helm.toolkit.fluxcd.io/v2", "HelmRelease", service.name(),
              service.text("namespace"));
  doc.entry("interval", values::go_duration(gitops.number("interval")),
            origin_of(gitops, "interval"));
  doc.entry("timeout", "15m");
  doc.entry("releaseName", service.text("release"), origin_of(service, "release"));
  put_chart(doc, service);
  put_action(doc, "install", false);
  put_action(doc, "upgrade", true);
  doc.key("driftDetection");
  doc.open_map();
  doc.entry("mode", drift_mode(service));
  doc.close();
  doc.key("values");
  doc.open_map();
  put_entries(doc, service, service.value("values"), Amounts::kubernetes);
  doc.close();
  doc.close();
  doc.close();
  add_yaml(input, output, join_path(folder, "helmrelease.yaml"), doc, service);
}

}  // namespace

void emit_releases(const EmitInput& input, EmitOutput& output, const View& gitops) {
  const Layout layout = layout_of(input);
  for (const View& service : input.all("helm")) {
    if (!service.ref("cluster") || !(service.ref("cluster") == gitops.ref("cluster"))) continue;
    const std::string folder = manifests_folder(layout, service);
    emit_repository(input, output, service, folder);
    emit_release(input, output, gitops, service, folder);
  }
}

}  // namespace hlab::emit::flux
