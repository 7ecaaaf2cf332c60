// One Kustomization for each service. Only Kustomizations wait for each other, and each waits for all
// that it applies, so that releases of charts need no order of their own.
#include <algorithm>

#include "emit/core/secret_use.h"
#include "emit/core/yaml_file.h"
#include "emit/flux/plan.h"

namespace hlab::emit::flux {
namespace {

constexpr std::string_view kApi = "kustomize.toolkit.fluxcd.io/v1";

std::string name_of(const Deployed& service) {
  // That name is taken by what brings all the others.
  return service.name == kSpace ? service.name + "-service" : service.name;
}

std::string objects_name(const Deployed& service) { return name_of(service) + "-objects"; }

/// The last one of a service: whoever needs the service needs all of it.
std::string last_of(const Deployed& service) {
  return service.objects.empty() ? name_of(service) : objects_name(service);
}

/// Whether Flux has to decrypt something in a folder.
bool holds_ciphertext(const std::vector<SecretUse>& uses, const std::string& folder) {
  return std::any_of(uses.begin(), uses.end(), [&](const SecretUse& use) {
    return use.target == SecretTarget::kubernetes && use.output.starts_with(folder + "/") &&
           !operator_of(use);
  });
}

void put_decryption(Doc& doc) {
  doc.key("decryption");
  doc.open_map();
  doc.entry("provider", "sops");
  doc.key("secretRef");
  doc.open_map();
  doc.entry("name", "sops-age");
  doc.close();
  doc.close();
}

void put_source(Doc& doc) {
  doc.key("sourceRef");
  doc.open_map();
  doc.entry("kind", "GitRepository");
  doc.entry("name", kSpace);
  doc.close();
}

void put_needs(Doc& doc, const std::vector<std::string>& needs) {
  if (needs.empty()) return;
  doc.key("dependsOn");
  doc.open_seq();
  for (const std::string& need : needs) {
    doc.open_map();
    doc.entry("name", need);
    doc.close();
  }
  doc.close();
}

struct Kustomization {
  std::string name;
  std::string folder;
  std::vector<std::string> needs;  // sorted
};

class Writer {
 public:
  explicit Writer(const Plan& plan) : plan_(plan), uses_(secret_uses(plan.input)) {}

  void write(const Kustomization& one, const View& service) {
    Doc doc;
    open_object(doc, kApi, "Kustomization", one.name, kSpace);
    doc.entry("interval", plan_.interval, origin_of(plan_.gitops, "interval"));
    doc.entry("retryInterval", "1m");
    doc.entry("timeout", "20m");
    doc.entry("path", "./" + one.folder);
    doc.entry("prune", true);
    doc.entry("wait", true);
    put_source(doc);
    put_needs(doc, one.needs);
    if (holds_ciphertext(uses_, one.folder)) put_decryption(doc);
    doc.close();
    doc.close();
    add_yaml(plan_.input, plan_.output, join_path(plan_.path, one.name + ".yaml"), doc, service);
  }

 private:
  const Plan& plan_;
  const std::vector<SecretUse> uses_;
};

}  // namespace

void emit_kustomizations(const Plan& plan) {
  Writer writer(plan);
  const auto needs = gitops::needs_of(plan.input, plan.services);
  for (std::size_t i = 0; i < plan.services.size(); ++i) {
    const Deployed& service = plan.services[i];
    std::vector<std::string> before;
    for (const Deployed* need : needs[i]) before.push_back(last_of(*need));
    std::sort(before.begin(), before.end());
    const bool own = !service.manifests.empty();
    if (own) writer.write({name_of(service), service.manifests, before}, service.service);
    if (service.objects.empty()) continue;
    if (own) before = {name_of(service)};
    writer.write({objects_name(service), service.objects, before}, service.service);
  }
}

}  // namespace hlab::emit::flux
