#include <fmt/format.h>

#include <algorithm>

#include "emit/core/value_doc.h"
#include "emit/kubernetes/kubernetes_diags.h"
#include "emit/kubernetes/object_file.h"

namespace hlab::emit::kubernetes {
namespace {

constexpr std::string_view kMainEndpoint = "web";

Texts annotations_of(const View& endpoint, const View& controller, const View& issuer) {
  Texts out;
  if (issuer) {
    out[issuer.ref("operator").text("issuer-annotation")] = std::string(issuer.name());
  }
  const std::string audience = endpoint.text("audience");
  for (const auto& [word, texts] : controller.entries("annotations")) {
    if (word != audience || !texts.is(ValueKind::map)) continue;
    for (const values::MapItem& item : texts.map->items) {
      if (item.value.hollow()) continue;
      const std::string_view key = controller.program().text(Symbol(item.key.id));
      out[std::string(key)] = scalar_text(controller, item.value, Amounts::kubernetes);
    }
  }
  for (const auto& [key, text] : endpoint.entries("annotations")) {
    out[std::string(key)] = endpoint.text_of(text);
  }
  return out;
}

std::string backend_service(const Workload& workload, const View& endpoint) {
  if (endpoint.has("service")) return endpoint.text("service");
  for (const auto& [name, backend] : workload.view.held("backend")) {
    if (name == endpoint.name() && backend.has("service")) return backend.text("service");
  }
  return workload.name;
}

/// Whether its annotations tell the controller of another service's login: `known` are the controller's words for it, where
/// it says them.
bool asks_guard(const View& endpoint, const std::vector<std::string>& known,
                const Texts& annotations) {
  if (known.empty()) return !endpoint.entries("annotations").empty();
  return std::any_of(known.begin(), known.end(),
                     [&](const std::string& one) { return annotations.contains(one); });
}

/// An endpoint behind another service's login must not be reachable without it.
void check_guard(const Workload& workload, const View& endpoint, const View& controller,
                 const Texts& annotations) {
  const Value& login = endpoint.value("login");
  if (!login.is(ValueKind::variant)) return;
  if (endpoint.program().text(login.variant->tag) != "forward") return;
  const std::vector<std::string> known = controller.texts("login-annotations");
  if (asks_guard(endpoint, known, annotations)) return;
  const View guard = endpoint.of(login.variant->payload);
  auto report = workload.output.diags.report(kUnguarded, endpoint.set_at("login"), endpoint.path(),
                                             controller.path(),
                                             guard ? guard.path() : "the other service");
  if (!known.empty())
    report.help(
        fmt::format("`annotations.\"{}\" = \"...\"` of the endpoint tells it", known.front()));
}

void put_backend(Doc& doc, const Workload& workload, const View& endpoint) {
  doc.key("backend");
  doc.open_map();
  doc.key("service");
  doc.open_map();
  doc.entry("name", backend_service(workload, endpoint));
  doc.key("port");
  doc.open_map();
  doc.entry("name", endpoint_port(workload.view, endpoint));
  doc.close();
  doc.close();
  doc.close();
}

void put_rule(Doc& doc, const Workload& workload, const View& endpoint) {
  doc.open_map(origin_of_name(endpoint));
  doc.entry("host", endpoint.text("fqdn"), origin_of(endpoint, "fqdn"));
  doc.key("http");
  doc.open_map();
  doc.key("paths");
  doc.open_seq();
  doc.open_map();
  doc.entry("path", endpoint.text("path"), origin_of(endpoint, "path"));
  doc.entry("pathType", "Prefix");
  put_backend(doc, workload, endpoint);
  doc.close();
  doc.close();
  doc.close();
  doc.close();
}

void put_certificate(Doc& doc, const View& endpoint, const std::string& ingress) {
  doc.key("tls");
  doc.open_seq(origin_of(endpoint, "issuer"));
  doc.open_map();
  doc.key("hosts");
  doc.open_seq();
  doc.item(endpoint.text("fqdn"), origin_of(endpoint, "fqdn"));
  doc.close();
  doc.entry("secretName", ingress + "-tls");
  doc.close();
  doc.close();
}

void emit_ingress(const Workload& workload, const View& endpoint, const View& controller) {
  const View issuer = endpoint.ref("issuer");
  ObjectHead head{"networking.k8s.io/v1", "Ingress", workload.name, {}, {}};
  if (endpoint.name() != kMainEndpoint) head.name += "-" + std::string(endpoint.name());
  head.annotations = annotations_of(endpoint, controller, issuer);
  check_guard(workload, endpoint, controller, head.annotations);
  let_go_on(head.annotations, workload, controller);
  Doc doc;
  open_object(doc, workload, head);
  doc.key("spec");
  doc.open_map();
  doc.entry("ingressClassName", controller.text("class"), origin_of(controller, "class"));
  doc.key("rules");
  doc.open_seq();
  put_rule(doc, workload, endpoint);
  doc.close();
  if (issuer) put_certificate(doc, endpoint, head.name);
  doc.close();
  add_object(doc, workload, head, endpoint);
}

}  // namespace

void emit_ingresses(const Workload& workload) {
  for (const auto& [name, endpoint] : workload.view.held("expose")) {
    const View controller = endpoint.ref("ingress");
    if (endpoint.text("protocol") == "http" && controller) {
      emit_ingress(workload, endpoint, controller);
    }
  }
}

}  // namespace hlab::emit::kubernetes
