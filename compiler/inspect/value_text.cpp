#include "compiler/inspect/value_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/syntax/line_ahead.h"
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

/// Whether it has a path under which it is shown: a field of a declaration holds it as its own.
bool has_path(const View& record) {
  const View owner = record ? record.owner() : View();
  if (!owner) return false;
  const program::Instance& instance = record.lab().instances[record.id()];
  const program::Instance& holder = owner.lab().instances[owner.id()];
  const std::uint32_t field = record.program().field(holder.kind, instance.owner_field);
  if (field == program::kNoField) return false;
  const program::Slot& slot = record.lab().slot(owner.id(), field);
  return slot.shape == program::SlotShape::nested && slot.nested == record.id() &&
         record.top().declared_at().valid();
}

class Writer {
 public:
  Writer(View context, Most most) : context_(context), most_(most) {}

  void write(const Value& value) {
    ++parts_;
    switch (value.kind) {
      case ValueKind::absent: add("absent"); return;
      case ValueKind::error: add("(wrong: see the errors)"); return;
      case ValueKind::unlearned: {
        const View pool(context_.program(), context_.lab(), value.unlearned->pool);
        return add(fmt::format("(not learned yet: {})", pool.path()));
      }
      case ValueKind::list: return list(*value.list);
      case ValueKind::map: return map(*value.map);
      case ValueKind::variant:
        add(context_.program().text(value.variant->tag));
        add("(");
        write(value.variant->payload);
        return add(")");
      case ValueKind::instance:
        return is_record(context_, value) ? record(context_.of(value))
                                          : add(reference_text(context_.of(value)));
      case ValueKind::secret_text: return add("\"" + secret_text(context_, value) + "\"");
      case ValueKind::string: return add(quoted(value.as_text()));
      default: return add(values::shown_text(value, *context_.program().symbols));
    }
  }

  ValueText take() { return {std::move(out_), whole_}; }

 private:
  void add(std::string_view text) { out_ += text; }

  /// What follows is left out, for there is too much of it.
  bool ends() {
    if (parts_ < most_.parts && depth_ < most_.depth) return false;
    whole_ = false;
    return true;
  }

  void list(const values::List& list) {
    ++depth_;
    add("[");
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (i != 0) add(", ");
      if (ends()) {
        add("...");
        break;
      }
      write(list.items[i]);
    }
    add("]");
    --depth_;
  }

  /// Entries of a map, or of a record: what is absent is none.
  class Braces {
   public:
    explicit Braces(Writer& writer) : writer_(writer) {
      ++writer.depth_;
      writer.add("{");
    }
    /// False where the rest is left out.
    bool entry(std::string_view key, const Value& value) {
      const bool ends = writer_.ends();
      const View record = ends ? writer_.context_.of(value) : View();
      writer_.add(any_ ? "  " : " ");
      any_ = true;
      if (!ends || has_path(record)) {
        writer_.add(key);
        writer_.add(" = ");
      }
      if (!ends) {
        writer_.write(value);
      } else {
        writer_.add(has_path(record) ? record.path() + "  ..." : "...");
      }
      return !ends;
    }
    void close() {
      writer_.add(any_ ? " }" : "}");
      --writer_.depth_;
    }

   private:
    Writer& writer_;
    bool any_ = false;
  };

  void map(const values::Map& map) {
    Braces braces(*this);
    for (const values::MapItem& item : map.items) {
      if (item.value.is(ValueKind::absent)) continue;
      if (!braces.entry(key_text(key_name(context_, item.key)), item.value)) break;
    }
    braces.close();
  }

  void record(const View& record) {
    add(record.kind_name());
    add(" ");
    Braces braces(*this);
    const program::Instance& instance = record.lab().instances[record.id()];
    const program::Kind& kind = record.program().kinds[instance.kind];
    for (std::uint32_t f = 0; f < instance.slot_count; ++f) {
      const Value& v = record.lab().slot(record.id(), f).result;
      const bool empty = v.is(ValueKind::absent) || (v.is(ValueKind::map) && v.map->items.empty());
      if (empty) continue;
      if (!braces.entry(record.program().text(kind.fields[f].name), v)) break;
    }
    braces.close();
  }

  View context_;
  Most most_;
  std::size_t parts_ = 0;
  std::size_t depth_ = 0;
  bool whole_ = true;
  std::string out_;
};

}  // namespace

std::string key_text(std::string_view key) {
  return syntax::is_name(key) ? std::string(key) : quoted(key);
}

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

ValueText value_text(const View& context, const Value& value, Most most) {
  Writer writer(context, most);
  writer.write(value);
  return writer.take();
}

std::string value_text(const View& context, const Value& value) {
  return value_text(context, value, Most{}).text;
}

std::string plain_text(const View& context, const Value& value) {
  if (value.is(ValueKind::string)) return std::string(value.as_text());
  return value.is(ValueKind::secret_text) ? secret_text(context, value)
                                          : value_text(context, value);
}

}  // namespace hlab::inspect
