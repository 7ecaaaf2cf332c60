#include "compiler/evaluate/known_parts.h"

#include <algorithm>

namespace hlab::evaluate {
namespace {

using program::InstanceId;
using program::Slot;
using types::TypeKind;
using values::Value;
using values::ValueKind;

class KnownParts {
 public:
  KnownParts(const program::Program& program, program::Lab& lab, values::Heap& heap)
      : program_(program), lab_(lab), heap_(heap) {}

  void run() {
    for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
      const InstanceId id(i);
      for (std::uint32_t f = 0; f < lab_.instances[id].slot_count; ++f) note(id, f);
    }
  }

 private:
  [[nodiscard]] TypeKind kind_of(types::TypeId id) const { return program_.types[id].kind; }

  void note(InstanceId id, std::uint32_t field) {
    Slot& slot = lab_.slot(id, field);
    const types::TypeId type = program_.kinds[lab_.instances[id].kind].fields[field].type;
    const bool may_go = kind_of(type) == TypeKind::optional;
    bool waits = false;
    const Value rest = may_go && is_waiting_record(slot.result) ? without(waits)
                                                                : known(slot.result, waits);
    if (!waits || is_lease(type)) return;
    slot.waits = true;
    lab_.known_parts.emplace(std::pair(id.index, field), rest);
  }

  [[nodiscard]] bool is_lease(types::TypeId id) const {
    const types::Type& type = program_.types[program_.types.required(id)];
    return type.kind == TypeKind::map &&
           kind_of(program_.types.required(type.a)) == TypeKind::lease;
  }

  static Value without(bool& waits) {
    waits = true;
    return {};
  }

  [[nodiscard]] bool is_waiting_record(const Value& value) const {
    return value.is(ValueKind::instance) &&
           program_.kinds[lab_.instances[value.as_instance()].kind].record && waits(value);
  }

  /// Whether it is left out as a whole.
  [[nodiscard]] bool waits(const Value& value) const {
    if (value.is(ValueKind::variant)) return waits(value.variant->payload);
    if (!value.is(ValueKind::instance)) return value.is(ValueKind::unlearned);
    const program::Instance& one = lab_.instances[value.as_instance()];
    const program::Kind& kind = program_.kinds[one.kind];
    if (!kind.record) return false;
    for (std::uint32_t f = 0; f < one.slot_count; ++f) {
      if (kind_of(kind.fields[f].type) == TypeKind::optional) continue;
      const Value& part = one.slots[f].result;
      // Of a list that a record must have, such as the words of a command, no item can go.
      const bool lacks = part.is(ValueKind::list) &&
                         std::any_of(part.list->items.begin(), part.list->items.end(),
                                     [this](const Value& item) { return waits(item); });
      if (lacks || waits(part)) return true;
    }
    return false;
  }

  Value known(Value value, bool& changed) {
    bool here = false;
    if (value.is(ValueKind::list)) {
      values::List* list = heap_.list(value.list->items.size());
      for (const Value& item : value.list->items) {
        if (waits(item)) {
          here = true;
        } else {
          list->items.push_back(known(item, here));
        }
      }
      if (here) value.list = list;
    } else if (value.is(ValueKind::map)) {
      values::Map* map = heap_.map(value.map->items.size());
      for (const values::MapItem& item : value.map->items) {
        if (waits(item.value)) {
          here = true;
        } else {
          map->items.push_back({item.key, known(item.value, here)});
        }
      }
      if (here) value.map = map;
    }
    changed = changed || here;
    return value;
  }

  const program::Program& program_;
  program::Lab& lab_;
  values::Heap& heap_;
};

}  // namespace

void note_known_parts(const program::Program& program, program::Lab& lab, values::Heap& heap) {
  KnownParts(program, lab, heap).run();
}

}  // namespace hlab::evaluate
