// Objects that a service spells out itself: its namespace and labels are added, the rest is as said.
#include <fmt/format.h>

#include "compiler/model/waiting.h"
#include "emit/core/value_doc.h"
#include "emit/kubernetes/kubernetes_diags.h"
#include "emit/kubernetes/object_file.h"

namespace hlab::emit::kubernetes {
namespace {

const Value* member(const View& view, const Value& map, std::string_view name) {
  if (!map.is(ValueKind::map)) return nullptr;
  for (const values::MapItem& item : map.map->items) {
    const bool named = !item.key.is_instance && view.program().text(Symbol(item.key.id)) == name;
    if (named && !item.value.hollow()) return &item.value;
  }
  return nullptr;
}

std::string text_member(const View& view, const Value& map, std::string_view name) {
  const Value* found = member(view, map, name);
  return found == nullptr ? std::string() : view.text_of(*found);
}

Texts texts_member(const View& view, const Value& map, std::string_view name) {
  Texts out;
  const Value* found = member(view, map, name);
  if (found == nullptr || !found->is(ValueKind::map)) return out;
  for (const values::MapItem& item : found->map->items) {
    if (item.value.hollow() || item.key.is_instance) continue;
    out.emplace(view.program().text(Symbol(item.key.id)),
                scalar_text(view, item.value, Amounts::kubernetes));
  }
  return out;
}

/// The members of `map` but for those that were written already.
void put_others(Doc& doc, const View& view, const Value& map,
                std::initializer_list<std::string_view> written) {
  for (const values::MapItem& item : map.map->items) {
    if (item.value.hollow()) continue;
    const std::string_view key = view.program().text(Symbol(item.key.id));
    if (std::find(written.begin(), written.end(), key) != written.end()) continue;
    doc.key(key);
    put_value(doc, view, item.value, Amounts::kubernetes);
  }
}

void put_metadata(Doc& doc, const Workload& workload, const Value& metadata, const ObjectHead& head,
                  bool namespaced) {
  const View& view = workload.view;
  const std::string own = text_member(view, metadata, "namespace");
  doc.key("metadata");
  doc.open_map(metadata.origin.index);
  doc.entry("name", head.name, member(view, metadata, "name")->origin.index);
  if (namespaced) doc.entry("namespace", own.empty() ? workload.nspace : own);
  put_labels(doc, workload, head.labels);
  put_annotations(doc, workload, head);
  put_others(doc, view, metadata, {"name", "namespace", "labels", "annotations"});
  doc.close();
}

void emit_object(const Workload& workload, std::string_view key, const Value& object,
                 bool namespaced) {
  const View& view = workload.view;
  const Value* metadata = member(view, object, "metadata");
  const std::string api_version = text_member(view, object, "apiVersion");
  const std::string kind = text_member(view, object, "kind");
  ObjectHead head{api_version, kind, {}, {}, {}};
  if (metadata != nullptr) head.name = text_member(view, *metadata, "name");
  if (api_version.empty() || kind.empty() || head.name.empty()) {
    const Span place = object.origin.valid() ? view.program().ast->exprs[object.origin].span
                                             : view.declared_at();
    workload.output.diags.report(kNamelessObject, place, key, view.path());
    return;
  }
  head.labels = texts_member(view, *metadata, "labels");
  head.annotations = texts_member(view, *metadata, "annotations");
  Doc doc;
  doc.open_map(object.origin.index);
  doc.entry("apiVersion", api_version, member(view, object, "apiVersion")->origin.index);
  doc.entry("kind", kind, member(view, object, "kind")->origin.index);
  put_metadata(doc, workload, *metadata, head, namespaced);
  put_others(doc, view, object, {"apiVersion", "kind", "metadata"});
  add_object(doc, workload, head, view);
}

}  // namespace

void emit_written_objects(const Workload& workload) {
  for (const std::string_view field : {"objects", "cluster-objects"}) {
    for (const auto& [key, object] : workload.view.entries(field)) {
      if (object.hollow() || model::is_entry_waiting(workload.view, field, key)) continue;
      emit_object(workload, key, object, field == "objects");
    }
  }
}

}  // namespace hlab::emit::kubernetes
