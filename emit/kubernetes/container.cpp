#include <algorithm>

#include "compiler/values/scalar_text.h"
#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {
namespace {

/// Whether the pod takes the port on its machine: with the machine's network, or as the lab says.
bool is_on_host(const View& container, const ContainerPort& port) {
  if (container.flag("host-network")) return true;
  const auto claimed = container.held("host-port");
  return std::any_of(claimed.begin(), claimed.end(), [&](const auto& held) {
    return held.second.number("port") == port.number &&
           (held.second.text("protocol") == "udp") == port.udp;
  });
}

void put_ports(Doc& doc, const View& container) {
  const std::vector<ContainerPort> ports = container_ports(container);
  if (ports.empty()) return;
  doc.key("ports");
  doc.open_seq();
  for (const ContainerPort& port : ports) {
    doc.open_map(port.origin);
    doc.entry("name", port.name);
    doc.entry("containerPort", port.number, port.origin);
    if (is_on_host(container, port)) doc.entry("hostPort", port.number, port.origin);
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

/// Whole slices, by the name that the plugin gives them; what is a limit is asked for as well.
void put_gpu(Doc& doc, const View& gpu) {
  if (!gpu || !gpu.ref("by")) return;
  doc.entry(gpu.ref("by").text("resource"), std::to_string(gpu.number("slices", 1)),
            origin_of(gpu, "slices"));
}

void put_resources(Doc& doc, const View& container) {
  const View resources = container.ref("resources");
  if (!resources) return;
  open_resources(doc, values::kubernetes_cpu(resources.number("cpu")), origin_of(resources, "cpu"),
                 values::kubernetes_bytes(resources.number("memory")),
                 origin_of(resources, "memory"));
  const View gpu = container.ref("gpu");
  // Of processor time there is no limit: it slows a pod down while its machine idles.
  if (resources.has("memory-limit") || gpu) {
    doc.key("limits");
    doc.open_map();
    if (resources.has("memory-limit")) {
      doc.entry("memory", values::kubernetes_bytes(resources.number("memory-limit")),
                origin_of(resources, "memory-limit"));
    }
    put_gpu(doc, gpu);
    doc.close();
  }
  doc.close();
}

void put_init(Doc& doc, const View& container, std::string_view name, const View& step,
              const std::vector<Mount>& mounts) {
  const View& image = step.has("image") ? step : container;
  doc.open_map(origin_of_name(step));
  doc.entry("name", name);
  doc.entry("image", image.text("image"), origin_of(image, "image"));
  put_arguments(doc, "command", step, "command");
  open_resources(doc, "10m", kNoOrigin, "32Mi", kNoOrigin);
  doc.key("limits");
  doc.open_map();
  doc.entry("memory", "128Mi");
  doc.close();
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
  doc.entry("name", workload.name, origin_of_name(workload.service));
  doc.entry("image", view.text("image"), origin_of(view, "image"));
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
