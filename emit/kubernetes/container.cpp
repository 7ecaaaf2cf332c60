#include "compiler/values/scalar_text.h"
#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {
namespace {

void put_ports(Doc& doc, const View& container) {
  const std::vector<ContainerPort> ports = container_ports(container);
  if (ports.empty()) return;
  const bool on_host = container.flag("host-network");
  doc.key("ports");
  doc.open_seq();
  for (const ContainerPort& port : ports) {
    doc.open_map();
    doc.entry("name", port.name);
    doc.entry("containerPort", port.number, port.origin);
    if (on_host) doc.entry("hostPort", port.number, port.origin);
    doc.entry("protocol", port.udp ? "UDP" : "TCP");
    doc.close();
  }
  doc.close();
}

void open_resources(Doc& doc, std::string_view cpu, Origin cpu_origin, std::string_view memory,
                    Origin memory_origin) {
  doc.key("resources");
  doc.open_map();
  doc.key("requests");
  doc.open_map();
  doc.entry("cpu", cpu, cpu_origin);
  doc.entry("memory", memory, memory_origin);
  doc.close();
}

/// Of memory only: a limit of processor time slows a pod down while its machine idles.
void put_limit(Doc& doc, std::string_view memory, Origin origin) {
  doc.key("limits");
  doc.open_map();
  doc.entry("memory", memory, origin);
  doc.close();
}

void put_resources(Doc& doc, const View& container) {
  const View resources = container.ref("resources");
  if (!resources) return;
  open_resources(
      doc, values::kubernetes_cpu(resources.number("cpu")), resources.value("cpu").origin.index,
      values::kubernetes_bytes(resources.number("memory")), resources.value("memory").origin.index);
  if (resources.has("memory-limit")) {
    put_limit(doc, values::kubernetes_bytes(resources.number("memory-limit")),
              resources.value("memory-limit").origin.index);
  }
  doc.close();
}

void put_init(Doc& doc, const View& container, std::string_view name, const View& step,
              const std::vector<Mount>& mounts) {
  const View& image = step.has("image") ? step : container;
  doc.open_map();
  doc.entry("name", name);
  doc.entry("image", image.text("image"), image.value("image").origin.index);
  put_arguments(doc, "command", step, "command");
  open_resources(doc, "10m", kNoOrigin, "32Mi", kNoOrigin);
  put_limit(doc, "128Mi", kNoOrigin);
  doc.close();
  put_container_security(doc, container);
  put_mounts(doc, mounts);
  doc.close();
}

}  // namespace

void put_init_containers(Doc& doc, const Workload& workload, const PodStorage& storage) {
  const auto steps = workload.view.held("init");
  if (steps.empty()) return;
  doc.key("initContainers");
  doc.open_seq();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    put_init(doc, workload.view, steps[i].first, steps[i].second, storage.init_mounts[i]);
  }
  doc.close();
}

void put_container(Doc& doc, const Workload& workload, const PodStorage& storage) {
  const View& view = workload.view;
  doc.key("containers");
  doc.open_seq();
  doc.open_map();
  doc.entry("name", workload.name);
  doc.entry("image", view.text("image"), view.value("image").origin.index);
  put_arguments(doc, "command", view, "command");
  put_arguments(doc, "args", view, "args");
  put_environment(doc, workload);
  put_ports(doc, view);
  put_probes(doc, view);
  put_resources(doc, view);
  put_container_security(doc, view);
  put_mounts(doc, storage.mounts);
  doc.close();
  doc.close();
}

}  // namespace hlab::emit::kubernetes
