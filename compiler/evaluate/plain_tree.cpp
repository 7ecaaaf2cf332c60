// Values as trees: records become maps of their fields, so that whatever takes a `Yaml` (files, Helm
// values, `json(x)`) sees nothing but scalars, lists and maps.
#include <algorithm>

#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

namespace {

bool holds_instance(const Value& tree) {
  switch (tree.kind) {
    case ValueKind::instance: return true;
    case ValueKind::variant: return holds_instance(tree.variant->payload);
    case ValueKind::list:
      return std::any_of(tree.list->items.begin(), tree.list->items.end(), holds_instance);
    case ValueKind::map:
      return std::any_of(tree.map->items.begin(), tree.map->items.end(),
                         [](const values::MapItem& item) {
                           return item.key.is_instance || holds_instance(item.value);
                         });
    default: return false;
  }
}

const Value* waiting_part(const Value& value) {
  if (value.is(ValueKind::unlearned)) return &value;
  if (!value.is(ValueKind::list)) return nullptr;
  const auto item = std::find_if(value.list->items.begin(), value.list->items.end(),
                                 [](const Value& one) { return one.is(ValueKind::unlearned); });
  return item == value.list->items.end() ? nullptr : &*item;
}

}  // namespace

Value Evaluator::plain_record(InstanceId record, ExprId asked_by) {
  const std::uint32_t fields = lab_.instances[record].slot_count;
  for (std::uint32_t i = 0; i < fields; ++i) {  // as many as it makes
    if (!step(asked_by)) return make(ValueKind::error, asked_by);
  }
  if (!plain_running_.insert(record.index).second)
    return make(ValueKind::error, asked_by);  // it holds itself, which is told once all is known
  const Value made = plain_fields(record, asked_by);
  plain_running_.erase(record.index);
  return made;
}

Value Evaluator::plain_fields(InstanceId record, ExprId asked_by) {
  const program::Kind& kind = program_.kinds[lab_.instances[record].kind];
  values::Map* map = heap_.map(kind.fields.size());
  for (std::uint32_t i = 0; i < kind.fields.size(); ++i) {
    const Value v = plain(field(record, i, asked_by), asked_by);
    if (v.is(ValueKind::error)) return v;
    // What it must have waits, so it waits as a whole; of a list that it must have no item can go.
    const Value* waits = program_.types[kind.fields[i].type].kind == types::TypeKind::optional
                             ? nullptr
                             : waiting_part(v);
    if (waits != nullptr) return values::spread_hollow(*waits, asked_by);
    if (!v.is(ValueKind::absent))
      map->items.push_back({values::MapKey::of(kind.fields[i].name), v});
  }
  Value made = values::make(ValueKind::map, asked_by);
  made.map = map;
  return made;
}

Value Evaluator::plain(const Value& tree, ExprId asked_by) {
  if (weights_.of_tree(tree) > kMostParts) return heavy(tree, asked_by);
  if (!holds_instance(tree)) return tree;
  Value made = tree;
  if (tree.is(ValueKind::instance)) {
    const bool record = program_.kinds[lab_.instances[tree.as_instance()].kind].record;
    return record ? plain_record(tree.as_instance(), asked_by) : tree;
  }
  if (tree.is(ValueKind::variant)) {
    made.variant = heap_.variant(tree.variant->tag, plain(tree.variant->payload, asked_by));
    return made;
  }
  if (tree.is(ValueKind::list)) {
    values::List* list = heap_.list(tree.list->items.size());
    for (const Value& item : tree.list->items) {
      list->items.push_back(plain(item, asked_by));
      if (list->items.back().is(ValueKind::error)) return list->items.back();
    }
    made.list = list;
    return made;
  }
  values::Map* map = heap_.map(tree.map->items.size());
  for (const values::MapItem& item : tree.map->items) {
    values::MapKey key = item.key;
    if (key.is_instance) key = values::MapKey::of(lab_.instances[InstanceId(key.id)].called);
    map->items.push_back({key, plain(item.value, asked_by)});
    if (map->items.back().value.is(ValueKind::error)) return map->items.back().value;
  }
  made.map = map;
  return made;
}

}  // namespace hlab::evaluate
