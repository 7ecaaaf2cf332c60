#include "compiler/commands/value_output.h"

#include <fmt/format.h>

#include "compiler/inspect/value_text.h"
#include "emit/core/document_check.h"
#include "emit/core/json_writer.h"
#include "emit/core/yaml_writer.h"

namespace hlab::commands {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

void put_record(emit::Doc& doc, const View& record) {
  const program::Instance& instance = record.lab().instances[record.id()];
  const program::Kind& kind = record.program().kinds[instance.kind];
  doc.open_map();
  for (std::uint32_t f = 0; f < instance.slot_count; ++f) {
    const Value& v = record.lab().slot(record.id(), f).result;
    if (v.is(ValueKind::absent)) continue;
    doc.key(record.program().text(kind.fields[f].name));
    put_shown(doc, record, v);
  }
  doc.close();
}

void put_map(emit::Doc& doc, const View& context, const values::Map& map) {
  doc.open_map();
  for (const values::MapItem& item : map.items) {
    if (item.value.is(ValueKind::absent)) continue;
    doc.key(inspect::key_name(context, item.key));
    put_shown(doc, context, item.value);
  }
  doc.close();
}

}  // namespace

void put_shown(emit::Doc& doc, const View& context, const Value& value) {
  switch (value.kind) {
    case ValueKind::absent:
    case ValueKind::error:
    case ValueKind::unlearned:
    case ValueKind::null: doc.null(); return;
    case ValueKind::boolean: doc.value(value.boolean); return;
    case ValueKind::integer: doc.value(value.number); return;
    case ValueKind::floating: doc.value(value.real); return;
    case ValueKind::map: put_map(doc, context, *value.map); return;
    case ValueKind::list:
      doc.open_seq();
      for (const Value& item : value.list->items) put_shown(doc, context, item);
      doc.close();
      return;
    case ValueKind::variant:
      doc.open_map();
      doc.key(context.program().text(value.variant->tag));
      put_shown(doc, context, value.variant->payload);
      doc.close();
      return;
    case ValueKind::instance:
      if (inspect::is_record(context, value)) return put_record(doc, context.of(value));
      doc.value(inspect::reference_text(context.of(value)));
      return;
    default: doc.value(inspect::plain_text(context, value)); return;
  }
}

Written document_text(const emit::Doc& doc, Format format) {
  Written written;
  const auto problem = format == Format::yaml
                           ? emit::write_yaml(doc, {}, written.text)
                           : emit::write_json(doc, emit::JsonLayout::pretty, written.text);
  if (problem) {
    const std::string at = problem->path.empty() ? "" : fmt::format(" at `{}`", problem->path);
    written.problem = fmt::format("{}{}: {}", emit::name_of(problem->fault), at, problem->detail);
  }
  return written;
}

Written value_output(const View& context, const Value& value, Format format) {
  if (format == Format::human) return {inspect::plain_text(context, value) + "\n", ""};
  emit::Doc doc;
  put_shown(doc, context, value);
  return document_text(doc, format);
}

}  // namespace hlab::commands
