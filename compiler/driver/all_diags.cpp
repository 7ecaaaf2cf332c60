// The one place that joins the lists of diagnostics: of the stages, the rules, the emitters, and the
// rules that the library declares in the language.
#include "compiler/driver/all_diags.h"
#include "compiler/check/check_diags.h"
#include "compiler/check/claim_diags.h"
#include "compiler/check/declaration_diags.h"
#include "compiler/check/lease_diags.h"
#include "compiler/check/module_diags.h"
#include "compiler/driver/declared_rules.h"
#include "compiler/driver/library_image.h"
#include "compiler/driver/module_diags.h"
#include "compiler/driver/test_diags.h"
#include "compiler/driver/waiver_diags.h"
#include "compiler/evaluate/claim_diags.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/variation_diags.h"
#include "compiler/graph/graph_diags.h"
#include "compiler/input/input_diags.h"
#include "compiler/load/load_diags.h"
#include "compiler/lock/lock_diags.h"
#include "compiler/reach/reach_diags.h"
#include "compiler/rules/kubernetes/moved_volumes.h"
#include "compiler/rules/rule.h"
#include "compiler/syntax/syntax_diags.h"
#include "emit/ansible/ansible_diags.h"
#include "emit/core/emit_diags.h"
#include "emit/core/ways_out_diags.h"
#include "emit/k3s/k3s_diags.h"
#include "emit/kubernetes/kubernetes_diags.h"
#include "emit/nixos/nixos_diags.h"
#include "emit/sops/sops_diags.h"
#include "emit/tailscale/tailscale_diags.h"
#include "emit/vendored/vendored_diags.h"

namespace hlab::driver {
namespace {

struct Library {
  Compilation run;
  std::deque<diag::DiagInfo> rules;
};

/// Read once; the texts of its rules live in it.
const Library& library() {
  static const std::unique_ptr<const Library> kLibrary = [] {
    auto made = std::make_unique<Library>();
    if (!read_library_image(library_image(), made->run)) compile_library(made->run);
    made->rules = declared_rules(made->run.program, made->run.lab);
    return made;
  }();
  return *kLibrary;
}

}  // namespace

diag::Registry all_diagnostics() {
  diag::Registry registry;
  registry.add_all(load::kAllLoadDiags);
  registry.add_all(lock::kAllLockDiags);
  registry.add_all(input::kAllInputDiags);
  registry.add_all(syntax::kAllSyntaxDiags);
  registry.add_all(check::kAllCheckDiags);
  registry.add_all(check::kAllModuleNameDiags);
  registry.add_all(check::kAllClaimDiags);
  registry.add_all(check::kAllLeaseDiags);
  registry.add_all(check::kAllDeclarationDiags);
  registry.add_all(kAllModuleDiags);
  registry.add_all(evaluate::kAllEvaluateDiags);
  registry.add_all(evaluate::kAllClaimDiags);
  registry.add_all(graph::kAllGraphDiags);
  registry.add_all(reach::kAllReachDiags);
  registry.add_all(rules::kAllMovedDiags);
  for (const rules::Rule& rule : rules::all_rules()) registry.add(*rule.info);
  registry.add_all(emit::kAllEmitDiags);
  registry.add_all(emit::kAllWaysOutDiags);
  registry.add_all(emit::kAllVendoredDiags);
  registry.add_all(emit::kAllAnsibleDiags);
  registry.add_all(emit::kAllK3sDiags);
  registry.add_all(emit::kubernetes::kAllKubernetesDiags);
  registry.add_all(emit::kAllNixosDiags);
  registry.add_all(emit::kAllTailscaleDiags);
  registry.add_all(emit::sops::kAllSopsDiags);
  registry.add_all(evaluate::kAllVariationDiags);
  registry.add_all(kAllTestDiags);
  registry.add_all(kAllWaiverDiags);
  for (const diag::DiagInfo& rule : library().rules) registry.add(rule);
  return registry;
}

diag::Registry with_declared(diag::Registry registry, const Compilation& run) {
  for (const diag::DiagInfo& rule : run.declared_rules) registry.add(rule);
  return registry;
}

diag::Near near_rule(const diag::Registry& registry, std::string_view named) {
  return named.starts_with("HL") ? diag::Near() : registry.nearest(named);
}

}  // namespace hlab::driver
