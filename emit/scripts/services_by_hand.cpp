#include "emit/scripts/services_by_hand.h"

#include <fmt/format.h>

#include <algorithm>

#include "emit/core/shell_word.h"

namespace hlab::emit {

using model::View;

namespace {

/// Whether a repository brings the services of that cluster.
bool is_handed_over(const EmitInput& input, const View& cluster) {
  for (const View& gitops : input.all("gitops")) {
    if (gitops.ref("engine").ref("cluster") == cluster || gitops.ref("cluster") == cluster)
      return true;
  }
  return false;
}

/// Those that have a folder of their own.
std::vector<View> services_of(const EmitInput& input, const View& cluster) {
  std::vector<View> out;
  for (const View& service : input.all("workload")) {
    const bool beside = service.is("object") && service.ref("of");
    if (service.ref("cluster") == cluster && !beside) out.push_back(service);
  }
  return out;
}

void install_chart(const BringUp& plan, const View& service, ScriptText& out) {
  const View chart = service.ref("chart");
  const std::string repo = chart.text("repo");
  const std::string name = chart.text("name");
  std::string source = fmt::format("{} --repo {}", shell_word(name), shell_word(repo));
  if (repo.starts_with("oci://")) source = shell_word(repo + "/" + name);
  out.line(fmt::format("run helm upgrade --install {} {} \\", shell_word(service.text("release")),
                       source));
  out.line(fmt::format("  --version {} --namespace {} \\", shell_word(chart.text("version")),
                       shell_word(service.text("namespace"))));
  out.line(fmt::format("  --values \"$root\"/{} --wait --timeout 15m",
                       shell_word(values_path(plan.layout, service))));
}

}  // namespace

std::vector<View> clusters_by_hand(const EmitInput& input) {
  std::vector<View> out;
  for (const View& cluster : input.all("cluster")) {
    if (!is_handed_over(input, cluster) && !services_of(input, cluster).empty())
      out.push_back(cluster);
  }
  return out;
}

bool has_charts_by_hand(const EmitInput& input) {
  for (const View& cluster : clusters_by_hand(input)) {
    const std::vector<View> services = services_of(input, cluster);
    if (std::any_of(services.begin(), services.end(), [](const View& s) { return s.is("helm"); }))
      return true;
  }
  return false;
}

void apply_service(const BringUp& plan, const BeforeCharts& charts, const View& service,
                   ScriptText& out) {
  const bool chart = service.is("helm");
  out.step(std::string(service.text("title")),
           chart ? "Its chart, and the objects beside it." : "Its objects.");
  const std::string space = service.text("namespace");
  if (!is_kubernetes_own(space))
    out.command("prepare_namespace", {space, plan.security_of(service)});
  if (chart) {
    for (const std::string& file : charts.files(service))
      out.line("run kubectl apply --server-side --force-conflicts -f \"$root\"/" +
               shell_word(file));
    install_chart(plan, service, out);
  }
  out.command("apply_objects", {manifests_folder(plan.layout, service)});
  if (service.is("container")) {
    out.command("wait_for_service", {service.text("namespace"), std::string(service.name())});
  }
}

}  // namespace hlab::emit
