// Namespaces, and what all of Flux's objects have in common.
#include <set>

#include "emit/core/namespaces.h"
#include "emit/core/yaml_file.h"
#include "emit/flux/plan.h"

namespace hlab::emit::flux {
namespace {

void emit_namespace(const Plan& plan, const Deployed& service) {
  Doc doc;
  doc.open_map();
  doc.entry("apiVersion", "v1");
  doc.entry("kind", "Namespace");
  doc.key("metadata");
  doc.open_map();
  doc.entry("name", service.nspace, origin_of(service.service, "namespace"));
  doc.key("labels");
  doc.open_map();
  doc.entry("pod-security.kubernetes.io/enforce", service.pod_security,
            origin_of(service.service, "pod-security"));
  doc.close();
  doc.key("annotations");
  doc.open_map();
  // It takes everything with it, data too: that is for a person to do.
  doc.entry("kustomize.toolkit.fluxcd.io/prune", "disabled");
  doc.close();
  doc.close();
  doc.close();
  add_yaml(plan.input, plan.output, join_path(plan.path, "namespace-" + service.nspace + ".yaml"),
           doc, service.service);
}

}  // namespace

void emit_namespaces(const Plan& plan) {
  std::set<std::string> made{std::string(kSpace)};  // Flux makes its own
  for (const Deployed& service : plan.services) {
    if (!is_kubernetes_own(service.nspace) && made.insert(service.nspace).second)
      emit_namespace(plan, service);
  }
}

void open_object(Doc& doc, std::string_view api, std::string_view kind, std::string_view name,
                 std::string_view nspace) {
  doc.open_map();
  doc.entry("apiVersion", api);
  doc.entry("kind", kind);
  doc.key("metadata");
  doc.open_map();
  doc.entry("name", name);
  doc.entry("namespace", nspace);
  doc.close();
  doc.key("spec");
  doc.open_map();
}

}  // namespace hlab::emit::flux
