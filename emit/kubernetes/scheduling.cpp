// On which nodes a pod may run.
#include <algorithm>

#include "compiler/placement/taint.h"
#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {
namespace {

/// As the kubelet calls it: both 32-bit kinds of ARM are one.
std::string_view kubernetes_arch(std::string_view arch) {
  return arch.starts_with("armv") ? std::string_view("arm") : arch;
}

void put_node_affinity(Doc& doc, std::string_view label, const std::vector<std::string>& values) {
  doc.key("nodeAffinity");
  doc.open_map();
  doc.key("requiredDuringSchedulingIgnoredDuringExecution");
  doc.open_map();
  doc.key("nodeSelectorTerms");
  doc.open_seq();
  doc.open_map();
  doc.key("matchExpressions");
  doc.open_seq();
  doc.open_map();
  doc.entry("key", label);
  doc.entry("operator", "In");
  doc.key("values");
  doc.open_seq();
  for (const std::string& value : values) doc.item(value);
  for (int i = 0; i < 7; ++i) doc.close();
}

/// No two pods of it on one node.
void put_apart(Doc& doc, const View& workload) {
  doc.key("podAntiAffinity");
  doc.open_map();
  doc.key("requiredDuringSchedulingIgnoredDuringExecution");
  doc.open_seq();
  doc.open_map();
  doc.entry("topologyKey", "kubernetes.io/hostname", origin_of(workload, "apart"));
  doc.key("labelSelector");
  doc.open_map();
  doc.key("matchLabels");
  doc.open_map();
  doc.entry("app.kubernetes.io/name", workload.name());
  for (int i = 0; i < 5; ++i) doc.close();
}

void put_tolerations(Doc& doc, const View& workload) {
  const values::Value& tolerated = workload.value("tolerates");
  if (!tolerated.is(values::ValueKind::list) || tolerated.list->items.empty()) return;
  doc.key("tolerations");
  doc.open_seq();
  for (const values::Value& item : tolerated.list->items) {
    const placement::Taint taint = placement::taint_of(item.as_text());
    doc.open_map();
    doc.entry("key", taint.key, item.origin.index);
    doc.entry("operator", taint.has_value ? "Equal" : "Exists");
    if (taint.has_value) doc.entry("value", taint.value);
    if (!taint.effect.empty()) doc.entry("effect", taint.effect);
    doc.close();
  }
  doc.close();
}

/// What the images are built for, where the cluster has a node that is something else.
std::vector<std::string> needed_archs(const View& workload) {
  const std::vector<std::string> built = workload.texts("platforms");
  const auto fits = [&](const View& node) {
    return std::find(built.begin(), built.end(), node.text("arch")) != built.end();
  };
  const auto nodes = workload.ref("cluster").refs("nodes");
  if (std::all_of(nodes.begin(), nodes.end(), fits)) return {};
  std::vector<std::string> out;
  for (const std::string& arch : built) out.emplace_back(kubernetes_arch(arch));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

void put_scheduling(Doc& doc, const Workload& workload) {
  const View& view = workload.view;
  const std::vector<View> on = view.refs("on");
  if (on.size() == 1) {
    doc.key("nodeSelector");
    doc.open_map();
    doc.entry("kubernetes.io/hostname", on.front().name(), origin_of(view, "on"));
    doc.close();
  }
  const std::string_view label = on.empty() ? "kubernetes.io/arch" : "kubernetes.io/hostname";
  std::vector<std::string> wanted;
  if (on.empty()) wanted = needed_archs(view);
  for (const View& node : on) {
    if (on.size() > 1) wanted.emplace_back(node.name());
  }
  const bool apart = view.flag("apart");
  if (!wanted.empty() || apart) {
    doc.key("affinity");
    doc.open_map();
    if (!wanted.empty()) put_node_affinity(doc, label, wanted);
    if (apart) put_apart(doc, view);
    doc.close();
  }
  put_tolerations(doc, view);
}

}  // namespace hlab::emit::kubernetes
