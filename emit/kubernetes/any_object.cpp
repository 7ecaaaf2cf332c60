// `object`: what the lab says in the words of an API that hlab does not know.
#include "compiler/model/waiting.h"
#include "emit/core/value_doc.h"
#include "emit/kubernetes/object_file.h"

namespace hlab::emit::kubernetes {
namespace {

Texts texts_of(const View& view, std::string_view field) {
  Texts out;
  for (const auto& [name, value] : view.entries(field)) {
    if (!value.hollow()) out.emplace(name, view.text_of(value));
  }
  return out;
}

void put_body(Doc& doc, const View& object) {
  const Value& body = object.value("body");
  if (body.is(ValueKind::map)) put_entries(doc, object, body, Amounts::kubernetes);
  if (!object.has("spec")) return;
  doc.key("spec");
  put_value(doc, object, object.value("spec"), Amounts::kubernetes);
}

}  // namespace

void emit_any_object(const Workload& workload) {
  const View& object = workload.view;
  if (model::is_waiting(object, "spec") || model::is_waiting(object, "body")) return;
  const std::string api = object.text("api");
  const std::string kind = object.text("type");
  const ObjectHead head{api, kind, object.text("object-name"), texts_of(object, "annotations"),
                        texts_of(object, "labels")};
  Doc doc;
  doc.open_map();
  doc.entry("apiVersion", api, origin_of(object, "api"));
  doc.entry("kind", kind, origin_of(object, "type"));
  doc.key("metadata");
  doc.open_map();
  doc.entry("name", head.name, origin_of(object, "object-name"));
  if (object.text("scope") == "namespaced")
    doc.entry("namespace", workload.nspace, origin_of(object, "namespace"));
  put_labels(doc, workload, head.labels);
  put_annotations(doc, workload, head);
  doc.close();
  put_body(doc, object);
  add_object(doc, workload, head, object);
}

}  // namespace hlab::emit::kubernetes
