#include <algorithm>

#include "emit/kubernetes/object_file.h"
#include "emit/kubernetes/pod.h"
#include "emit/kubernetes/storage_names.h"

namespace hlab::emit::kubernetes {
namespace {

/// Whether the old pod must be gone before the new one starts.
bool excludes_itself(const View& container) {
  if (container.flag("host-network") && !container.entries("port").empty()) return true;
  if (!container.held("host-port").empty()) return true;
  if (container.ref("gpu") || !container.held("device").empty()) return true;
  const auto volumes = container.held("volume");
  return std::any_of(volumes.begin(), volumes.end(),
                     [](const auto& held) { return held.second.text("mode") == "one-node"; });
}

void put_selector(Doc& doc, const Workload& workload) {
  doc.key("selector");
  doc.open_map();
  doc.key("matchLabels");
  doc.open_map();
  // Nothing else: a selector can never be changed.
  doc.entry("app.kubernetes.io/name", workload.name, origin_of_name(workload.service));
  doc.close();
  doc.close();
}

void put_template(Doc& doc, const Workload& workload) {
  Texts annotations;
  const std::string config = config_checksum(workload);
  const std::string secrets = secrets_checksum(workload);
  if (!config.empty()) annotations["checksum/config"] = config;
  if (!secrets.empty()) annotations["checksum/secrets"] = secrets;
  doc.key("template");
  doc.open_map();
  doc.key("metadata");
  doc.open_map();
  put_labels(doc, workload);
  put_texts(doc, "annotations", annotations);
  doc.close();
  put_pod(doc, workload);
  doc.close();
}

}  // namespace

void emit_deployment(const Workload& workload) {
  const View& container = workload.view;
  const ObjectHead head{"apps/v1", "Deployment", workload.name, {}, {}};
  Doc doc;
  open_object(doc, workload, head);
  doc.key("spec");
  doc.open_map();
  doc.entry("replicas", container.number("replicas", 1), origin_of(container, "replicas"));
  if (excludes_itself(container)) {
    doc.key("strategy");
    doc.open_map();
    doc.entry("type", "Recreate");
    doc.close();
  }
  doc.entry("revisionHistoryLimit", 3);
  put_selector(doc, workload);
  put_template(doc, workload);
  doc.close();
  add_object(doc, workload, head, container);
}

}  // namespace hlab::emit::kubernetes
