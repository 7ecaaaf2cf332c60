#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {

void put_pod(Doc& doc, const Workload& workload) {
  const PodStorage storage = pod_storage(workload);
  doc.key("spec");
  doc.open_map();
  // Services of a lab do not talk to the cluster; a stolen token would.
  doc.entry("automountServiceAccountToken", false);
  doc.entry("enableServiceLinks", false);
  if (workload.view.flag("host-network")) {
    doc.entry("hostNetwork", true, origin_of(workload.view, "host-network"));
    doc.entry("dnsPolicy", "ClusterFirstWithHostNet");
  }
  const View gpu = workload.view.ref("gpu");
  if (gpu && gpu.ref("by").has("runtime-class")) {
    doc.entry("runtimeClassName", gpu.ref("by").text("runtime-class"));
  }
  put_scheduling(doc, workload);
  put_pod_security(doc, workload.view);
  put_init_containers(doc, workload, storage);
  put_container(doc, workload, storage);
  put_volumes(doc, storage);
  doc.close();
}

}  // namespace hlab::emit::kubernetes
