// What Argo CD's objects have in common.
#include <string>

#include "emit/argocd/plan.h"

namespace hlab::emit::argocd {
namespace {

constexpr std::string_view kServer = "https://kubernetes.default.svc";
constexpr std::string_view kDeleteAll = "resources-finalizer.argocd.argoproj.io";

void put_head(Doc& doc, const Plan& plan, std::string_view kind, std::string_view name,
              Origin named) {
  doc.open_map();
  doc.entry("apiVersion", "argoproj.io/v1alpha1");
  doc.entry("kind", kind);
  doc.key("metadata");
  doc.open_map();
  doc.entry("name", name, named);
  doc.entry("namespace", plan.nspace, origin_of(plan.gitops.ref("engine"), "namespace"));
}

}  // namespace

void open_object(Doc& doc, const Plan& plan, std::string_view kind, std::string_view name) {
  put_head(doc, plan, kind, name, kNoOrigin);
  doc.close();
}

void open_object(Doc& doc, const Plan& plan, std::string_view kind, std::string_view name,
                 std::int64_t wave, bool delete_with_it, Origin named) {
  put_head(doc, plan, kind, name, named);
  doc.key("annotations");
  doc.open_map();
  doc.entry("argocd.argoproj.io/sync-wave", std::to_string(wave));
  doc.close();
  if (delete_with_it) {
    doc.key("finalizers");
    doc.open_seq();
    doc.item(kDeleteAll);
    doc.close();
  }
  doc.close();
}

void put_destination(Doc& doc, std::string_view nspace, Origin origin) {
  doc.entry("server", kServer);
  doc.entry("namespace", nspace, origin);
}

void put_automation(Doc& doc) {
  doc.key("automated");
  doc.open_map();
  doc.entry("prune", true);
  doc.entry("selfHeal", true);
  doc.close();
}

void put_retry(Doc& doc) {
  doc.key("retry");
  doc.open_map();
  doc.entry("limit", 10);
  doc.key("backoff");
  doc.open_map();
  doc.entry("duration", "15s");
  doc.entry("factor", 2);
  doc.entry("maxDuration", "5m");
  doc.close();
  doc.close();
}

}  // namespace hlab::emit::argocd
