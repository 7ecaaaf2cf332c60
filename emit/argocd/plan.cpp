#include "emit/argocd/plan.h"

#include "emit/argocd/waves.h"

namespace hlab::emit::argocd {
namespace {

constexpr std::string_view kDefaultNamespace = "argocd";

Plan plan_of(const EmitInput& input, EmitOutput& output, const View& gitops, const Waves& waves) {
  Plan plan{input,
            output,
            layout_of(input).of(gitops.ref("engine").ref("cluster")),
            gitops,
            gitops.text("repo"),
            gitops.text("branch"),
            gitops.ref("engine").text("namespace"),
            {}};
  if (plan.nspace.empty()) plan.nspace = kDefaultNamespace;
  for (gitops::Deployed& one :
       gitops::deployed_in(input, output.tree, gitops.ref("engine").ref("cluster"))) {
    const std::int64_t wave = waves.of(one.service);
    plan.services.push_back({std::move(one), wave});
  }
  return plan;
}

}  // namespace

std::vector<Plan> plans(const EmitInput& input, EmitOutput& output) {
  std::vector<Plan> out;
  const Waves waves(input);
  for (const View& gitops : input.all("argocd")) {
    out.push_back(plan_of(input, output, gitops, waves));
  }
  return out;
}

std::string chart_repository(const View& service) {
  std::string repo = service.ref("chart").text("repo");
  if (repo.starts_with("oci://")) repo.erase(0, std::string_view("oci://").size());
  return repo;
}

}  // namespace hlab::emit::argocd
