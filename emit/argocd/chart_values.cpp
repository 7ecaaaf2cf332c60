#include "emit/argocd/plan.h"
#include "emit/core/value_doc.h"
#include "emit/core/yaml_file.h"
#include "emit/gitops/under_flux.h"

namespace hlab::emit::argocd {

void emit_values(const EmitInput& input, EmitOutput& output, const Layout& layout) {
  const gitops::UnderFlux flux(input);
  for (const View& service : input.all("helm")) {
    const View cluster = service.ref("cluster");
    // Flux writes values into its own release, but the bootstrap script installs what it starts on.
    if (!cluster || (flux.brings(service) && !(cluster.ref("cni") == service))) continue;
    Doc doc;
    doc.open_map(origin_of(service, "values"));
    put_entries(doc, service, service.value("values"), Amounts::kubernetes);
    doc.close();
    add_yaml(input, output, values_path(layout, service), doc, service);
  }
}

}  // namespace hlab::emit::argocd
