#include "emit/core/value_doc.h"

namespace hlab::emit {

using values::ValueKind;

void put_entries(Doc& doc, const model::View& context, const values::Value& map) {
  if (!map.is(ValueKind::map)) return;
  for (const values::MapItem& item : map.map->items) {
    if (item.value.hollow()) continue;
    const Symbol key = item.key.is_instance
                           ? context.lab().instances[values::InstanceId(item.key.id)].name
                           : Symbol(item.key.id);
    doc.key(context.program().text(key));
    put_value(doc, context, item.value);
  }
}

void put_value(Doc& doc, const model::View& context, const values::Value& value) {
  const Origin origin = value.origin.index;
  switch (value.kind) {
    case ValueKind::boolean: doc.value(value.boolean, origin); return;
    case ValueKind::integer: doc.value(value.number, origin); return;
    case ValueKind::floating: doc.value(value.real, origin); return;
    case ValueKind::string: doc.value(value.as_text(), origin); return;
    case ValueKind::list:
      doc.open_seq(origin);
      for (const values::Value& item : value.list->items) {
        if (!item.hollow()) put_value(doc, context, item);
      }
      doc.close();
      return;
    case ValueKind::map:
      doc.open_map(origin);
      put_entries(doc, context, value);
      doc.close();
      return;
    case ValueKind::variant:
      doc.open_map(origin);
      doc.key(context.program().text(value.variant->tag));
      put_value(doc, context, value.variant->payload);
      doc.close();
      return;
    default: doc.value(context.text_of(value), origin); return;
  }
}

}  // namespace hlab::emit
