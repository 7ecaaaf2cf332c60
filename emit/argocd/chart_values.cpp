#include "emit/argocd/plan.h"
#include "emit/core/value_doc.h"
#include "emit/core/yaml_file.h"
#include "emit/gitops/under_flux.h"

namespace hlab::emit::argocd {

void emit_values(const EmitInput& input, EmitOutput& output, const Layout& layout) {
  const gitops::UnderFlux flux(input);
  for (const View& service : input.all("helm")) {
    if (!service.ref("cluster") || flux.brings(service)) continue;
    Doc doc;
    doc.open_map();
    put_entries(doc, service, service.value("values"));
    doc.close();
    add_yaml(input, output, values_path(layout, service), doc, service);
  }
}

}  // namespace hlab::emit::argocd
