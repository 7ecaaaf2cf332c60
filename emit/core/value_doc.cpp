#include "emit/core/value_doc.h"

#include "compiler/values/scalar_text.h"

namespace hlab::emit {
namespace {

using values::ValueKind;

/// Keys that are instances go by their names; a tree of the language alone has none.
class ValueWriter {
 public:
  ValueWriter(Doc& doc, const SymbolTable& symbols, const model::View* context, Amounts amounts)
      : doc_(doc), symbols_(symbols), context_(context), amounts_(amounts) {}
  ValueWriter(WaitingDoc& doc, const model::View& context, Amounts amounts)
      : ValueWriter(doc.doc, *context.program().symbols, &context, amounts) {
    waiting_ = &doc;
  }

  void entries(const values::Map& map) {
    for (const values::MapItem& item : map.items) {
      if (is_left_out(item.value)) continue;
      doc_.key(symbols_.text(key_of(item.key)));
      value(item.value);
    }
  }

  void value(const values::Value& value) {
    const Origin origin = value.origin.index;
    if (value.is(ValueKind::unlearned) && waiting_ != nullptr) return waiting_->wait(origin);
    switch (value.kind) {
      case ValueKind::boolean: doc_.value(value.boolean, origin); return;
      case ValueKind::integer: doc_.value(value.number, origin); return;
      case ValueKind::floating: doc_.value(value.real, origin); return;
      case ValueKind::string: doc_.value(value.as_text(), origin); return;
      case ValueKind::null: doc_.null(origin); return;
      case ValueKind::list:
        doc_.open_seq(origin);
        for (const values::Value& item : value.list->items) {
          if (!is_left_out(item)) this->value(item);
        }
        doc_.close();
        return;
      case ValueKind::map:
        doc_.open_map(origin);
        entries(*value.map);
        doc_.close();
        return;
      case ValueKind::variant:
        doc_.open_map(origin);
        doc_.key(symbols_.text(value.variant->tag));
        this->value(value.variant->payload);
        doc_.close();
        return;
      default: doc_.value(text_of(value), origin); return;
    }
  }

 private:
  [[nodiscard]] bool is_left_out(const values::Value& value) const {
    return value.hollow() && (waiting_ == nullptr || !value.is(ValueKind::unlearned));
  }
  [[nodiscard]] Symbol key_of(values::MapKey key) const {
    if (!key.is_instance || context_ == nullptr) return Symbol(key.id);
    return context_->lab().instances[values::InstanceId(key.id)].called;
  }
  [[nodiscard]] std::string text_of(const values::Value& value) const {
    if (context_ != nullptr) return scalar_text(*context_, value, amounts_);
    return values::canonical_text(value, symbols_).value_or("");
  }

  Doc& doc_;
  const SymbolTable& symbols_;
  const model::View* context_;
  Amounts amounts_;
  WaitingDoc* waiting_ = nullptr;
};

}  // namespace

std::string scalar_text(const model::View& context, const values::Value& value, Amounts amounts) {
  if (amounts == Amounts::own) return context.text_of(value);
  switch (value.kind) {
    case ValueKind::bytes: return values::kubernetes_bytes(value.number);
    case ValueKind::cpu: return values::kubernetes_cpu(value.number);
    case ValueKind::duration: return values::go_duration(value.number);
    default: return context.text_of(value);
  }
}

void put_entries(Doc& doc, const model::View& context, const values::Value& map, Amounts amounts) {
  if (!map.is(ValueKind::map)) return;
  ValueWriter(doc, *context.program().symbols, &context, amounts).entries(*map.map);
}

void put_value(Doc& doc, const model::View& context, const values::Value& value, Amounts amounts) {
  ValueWriter(doc, *context.program().symbols, &context, amounts).value(value);
}

void put_value(WaitingDoc& doc, const model::View& context, const values::Value& value,
               Amounts amounts) {
  ValueWriter(doc, context, amounts).value(value);
}

void put_entries(WaitingDoc& doc, const model::View& context, const values::Value& map,
                 Amounts amounts) {
  if (map.is(ValueKind::map)) ValueWriter(doc, context, amounts).entries(*map.map);
}

void put_tree(Doc& doc, const SymbolTable& symbols, const values::Value& tree) {
  ValueWriter(doc, symbols, nullptr, Amounts::own).value(tree);
}

}  // namespace hlab::emit
