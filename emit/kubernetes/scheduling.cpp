// On which nodes a pod may run.
#include <algorithm>

#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {
namespace {

/// As the kubelet calls it: both 32-bit kinds of ARM are one.
std::string_view kubernetes_arch(std::string_view arch) {
  return arch.starts_with("armv") ? std::string_view("arm") : arch;
}

void put_affinity(Doc& doc, std::string_view label, const std::vector<std::string>& values) {
  doc.key("affinity");
  doc.open_map();
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
  for (int i = 0; i < 8; ++i) doc.close();
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
  const std::vector<View> on = workload.view.refs("on");
  if (on.size() == 1) {
    doc.key("nodeSelector");
    doc.open_map();
    doc.entry("kubernetes.io/hostname", on.front().name(), workload.view.value("on").origin.index);
    doc.close();
    return;
  }
  if (on.empty()) {
    const std::vector<std::string> archs = needed_archs(workload.view);
    if (!archs.empty()) put_affinity(doc, "kubernetes.io/arch", archs);
    return;
  }
  std::vector<std::string> names;
  for (const View& node : on) names.emplace_back(node.name());
  put_affinity(doc, "kubernetes.io/hostname", names);
}

}  // namespace hlab::emit::kubernetes
