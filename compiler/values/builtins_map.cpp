#include "compiler/values/builtin_rows.h"

namespace hlab::values {
namespace {

using types::TypeId;
using types::TypeKind;
using types::TypeTable;

TypeId keys_type(TypeTable& types, TypeId receiver, std::span<const TypeId>) {
  const TypeId map = plain_type(types, receiver);
  if (!types.is(map, TypeKind::map)) return TypeId();
  const TypeId key = types[map].b;
  return types.list_of(key.valid() ? key : TypeTable::simple(TypeKind::string));
}

TypeId values_type(TypeTable& types, TypeId receiver, std::span<const TypeId>) {
  const TypeId map = plain_type(types, receiver);
  return types.is(map, TypeKind::map) ? types.list_of(types.required(types[map].a)) : TypeId();
}

Value key_value(const Call& call, const MapItem& item) {
  // The key was written where the value was.
  if (item.key.is_instance) return make_instance(InstanceId(item.key.id), item.value.origin);
  const auto text = call.symbols.text(Symbol(item.key.id));
  return make_text(call.heap.static_text(text), item.value.origin);
}

OpResult keys(const Call& call) {
  List* list = call.heap.list();
  for (const MapItem& item : call.receiver.map->items) {
    if (!item.value.is(ValueKind::absent)) list->items.push_back(key_value(call, item));
  }
  return list_of(call, list);
}

OpResult values(const Call& call) {
  List* list = call.heap.list();
  for (const MapItem& item : call.receiver.map->items) {
    if (!item.value.is(ValueKind::absent)) list->items.push_back(item.value);
  }
  return list_of(call, list);
}

OpResult length(const Call& call) {
  std::int64_t count = 0;
  for (const MapItem& item : call.receiver.map->items) {
    count += item.value.is(ValueKind::absent) ? 0 : 1;
  }
  return number_of(call, count);
}

constexpr std::array kRows{
    Builtin{"keys", TypeKind::map, true, 0, 0, keys_type, keys, "keys() -> [String]",
            "The keys, in the order in which they were first written.",
            R"(ports().keys() == ["http", "https"])"},
    Builtin{"values", TypeKind::map, true, 0, 0, values_type, values, "values() -> [T]",
            "The values, in the order of the keys.", R"(ports().values() == [80, 443])"},
    Builtin{"length", TypeKind::map, true, 0, 0, simple_result<TypeKind::integer>, length,
            "length() -> Int", "The number of entries.", R"(ports().length() == 2)"},
};

}  // namespace

std::span<const Builtin> map_builtins() { return kRows; }

}  // namespace hlab::values
