#include "compiler/rules/kubernetes/chart_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/rules/kubernetes/version_range.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Whether a text stands anywhere in a tree.
bool says(const View& context, const Value& tree, const std::string& text) {
  switch (tree.kind) {
    case ValueKind::list:
      return std::any_of(tree.list->items.begin(), tree.list->items.end(),
                         [&](const Value& item) { return says(context, item, text); });
    case ValueKind::map:
      return std::any_of(
          tree.map->items.begin(), tree.map->items.end(),
          [&](const values::MapItem& item) { return says(context, item.value, text); });
    case ValueKind::variant: return says(context, tree.variant->payload, text);
    case ValueKind::instance: return false;
    default: return context.text_of(tree).find(text) != std::string::npos;
  }
}

bool has_selector(const View& service, const View& endpoint) {
  for (const auto& [name, backend] : service.held("backend")) {
    if (name == endpoint.name()) return !backend.entries("selector").empty();
  }
  return false;
}

}  // namespace

void check_chart_addresses(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& service : input.all("helm")) {
    if (service.flag("extern")) continue;
    for (const auto& [name, endpoint] : service.held("expose")) {
      const bool by_name = endpoint.text("protocol") == "http";  // then no Service is written
      if (!by_name && has_selector(service, endpoint)) continue;
      for (const auto& [pool, address] : endpoint.entries("address")) {
        if (!address.is(ValueKind::ip)) continue;
        const std::string text = endpoint.text_of(address);
        const bool told = says(service, service.value("values"), text) ||
                          says(service, service.value("objects"), text);
        if (told) continue;
        diags.report(kNobodyAnswers, endpoint.declared_at(), service.name(), text)
            .help(
                by_name
                    ? "as `http` it goes to the ingress controller by its name: leave the address "
                      "away, say its `protocol`, or ask for the address in its `values`"
                    : fmt::format("ask for the address in its `values`, or say which pods are "
                                  "meant: `backend.{} {{ port = \"{}\"  number = ...  "
                                  "selector.\"app.kubernetes.io/name\" = ... }}`",
                                  name, name));
      }
    }
  }
}

void check_chart_versions(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& service : input.all("helm")) {
    const View chart = service.ref("chart");
    if (!chart || !chart.has("kube-version") || service.flag("extern")) continue;
    const std::string range = chart.text("kube-version");
    const View cluster = service.ref("cluster");
    const std::string version = cluster ? cluster.text("version") : "";
    const auto release = read_release(version);
    const auto fits = in_range(release.value_or(Release{}), range);
    if (!fits) {
      diags.report(kUnreadableRange, chart.set_at("kube-version"), range);
      continue;
    }
    if (!release || *fits) continue;
    // The library's word is not the place to mend: the cluster's release is.
    Span at = chart.set_at("kube-version");
    if (!at.valid() || input.sources.file(at.file).is_library) at = service.declared_at();
    diags.report(kChartWantsOther, at, service.name(), range, cluster.name(), version)
        .label(cluster.set_at("version"),
               fmt::format("`{}` says its release here", cluster.name()));
  }
}

namespace {

/// Whether somebody needs the secret in that namespace of that cluster, or at a place that is not known here.
bool is_brought(const RuleInput& input, const View& secret, const View& service) {
  return std::any_of(input.graph.edges.begin(), input.graph.edges.end(), [&](const auto& edge) {
    if (edge.to != secret.id() || edge.mode == syntax::EdgeMode::value) return false;
    const View by = View(input.program, input.lab, edge.from).top();
    return !by.is("workload") || (by.ref("cluster") == service.ref("cluster") &&
                                  by.text("namespace") == service.text("namespace"));
  });
}

}  // namespace

void check_chart_secrets(const RuleInput& input, diag::Diagnostics& diags) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;
  for (const graph::Edge& edge : input.graph.edges) {
    if (edge.mode != syntax::EdgeMode::value) continue;
    const View secret(input.program, input.lab, edge.to);
    const View service = View(input.program, input.lab, edge.from).top();
    if (!secret.is("secret") || secret.flag("extern") || !service.is("helm") ||
        service.flag("extern") || !service.ref("cluster"))
      continue;
    if (!says(service, service.value("values"), std::string(secret.name())) ||
        is_brought(input, secret, service) ||
        !told.emplace(service.id().index, secret.id().index).second)
      continue;
    diags
        .report(kSecretNotBrought, edge.at, service.name(), secret.name(),
                service.text("namespace"))
        .help(fmt::format("`secrets = [{}]` of `{}` does", secret.name(), service.name()));
  }
}

}  // namespace hlab::rules
