#include "compiler/inspect/value_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/values/scalar_text.h"

namespace hlab::inspect {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '$': out += "\\$"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

bool is_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || c == '-' || (c >= '0' && c <= '9'); });
}

std::string braced(const std::string& inside) {
  return inside.empty() ? "{}" : "{ " + inside + " }";
}

void add_entry(std::string& out, std::string_view key, const std::string& text) {
  if (!out.empty()) out += "  ";
  out += fmt::format("{} = {}", key, text);
}

std::string map_text(const View& context, const values::Map& map) {
  std::string inside;
  for (const values::MapItem& item : map.items) {
    if (item.value.is(ValueKind::absent)) continue;
    add_entry(inside, key_text(key_name(context, item.key)), value_text(context, item.value));
  }
  return braced(inside);
}

std::string list_text(const View& context, const values::List& list) {
  std::string inside;
  for (const Value& item : list.items) {
    if (!inside.empty()) inside += ", ";
    inside += value_text(context, item);
  }
  return "[" + inside + "]";
}

std::string record_text(const View& record) {
  std::string inside;
  const program::Instance& instance = record.lab().instances[record.id()];
  const program::Kind& kind = record.program().kinds[instance.kind];
  for (std::uint32_t f = 0; f < instance.slot_count; ++f) {
    const Value& v = record.lab().slot(record.id(), f).result;
    const bool empty = v.is(ValueKind::absent) || (v.is(ValueKind::map) && v.map->items.empty());
    if (!empty)
      add_entry(inside, record.program().text(kind.fields[f].name), value_text(record, v));
  }
  return fmt::format("{} {}", record.kind_name(), braced(inside));
}

}  // namespace

std::string key_text(std::string_view key) { return is_name(key) ? std::string(key) : quoted(key); }

std::string_view key_name(const View& context, values::MapKey key) {
  return context.program().text(
      key.is_instance ? context.lab().instances[values::InstanceId(key.id)].name : Symbol(key.id));
}

bool is_record(const View& context, const Value& value) {
  const View view = context.of(value);
  return view && !view.is("secret-key") &&
         view.program().kinds[view.lab().instances[view.id()].kind].record;
}

std::string reference_text(const View& instance) {
  if (!instance.is("secret-key")) return instance.path();
  const View of = instance.ref("of");
  return fmt::format("{}.key({})", of ? of.path() : "secret", quoted(instance.text("key")));
}

std::string secret_text(const View& context, const Value& value) {
  std::string out;
  for (const Value& part : value.list->items) {
    if (const View view = context.of(part)) {
      out += "${" + reference_text(view) + "}";
    } else {
      out += plain_text(context, part);
    }
  }
  return out;
}

std::string value_text(const View& context, const Value& value) {
  switch (value.kind) {
    case ValueKind::absent: return "absent";
    case ValueKind::error: return "(wrong: see the errors)";
    case ValueKind::unlearned:
      return fmt::format("(not learned yet: {})",
                         View(context.program(), context.lab(), value.unlearned->pool).path());
    case ValueKind::list: return list_text(context, *value.list);
    case ValueKind::map: return map_text(context, *value.map);
    case ValueKind::variant:
      return fmt::format("{}({})", context.program().text(value.variant->tag),
                         value_text(context, value.variant->payload));
    case ValueKind::instance:
      return is_record(context, value) ? record_text(context.of(value))
                                       : reference_text(context.of(value));
    case ValueKind::secret_text: return "\"" + secret_text(context, value) + "\"";
    case ValueKind::string: return quoted(value.as_text());
    default: return values::shown_text(value, *context.program().symbols);
  }
}

std::string plain_text(const View& context, const Value& value) {
  if (value.is(ValueKind::string)) return std::string(value.as_text());
  return value.is(ValueKind::secret_text) ? secret_text(context, value)
                                          : value_text(context, value);
}

}  // namespace hlab::inspect
