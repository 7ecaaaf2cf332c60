#include "compiler/evaluate/weights.h"

#include <algorithm>

namespace hlab::evaluate {

using values::Value;
using values::ValueKind;

namespace {

/// Whether it is looked at no longer than it would be looked up: a few parts, and none that has parts.
bool is_small(const Value& value) {
  constexpr std::size_t kFew = 16;
  const auto is_plain = [](const Value& part) {
    return !part.is(ValueKind::list) && !part.is(ValueKind::map) && !part.is(ValueKind::variant) &&
           !part.is(ValueKind::instance);
  };
  if (value.is(ValueKind::list)) {
    const auto& items = value.list->items;
    return items.size() <= kFew && std::all_of(items.begin(), items.end(), is_plain);
  }
  const auto& items = value.map->items;
  return items.size() <= kFew &&
         std::all_of(items.begin(), items.end(),
                     [&](const values::MapItem& item) { return is_plain(item.value); });
}

}  // namespace

std::uint64_t Weights::of_tree(const Value& value) { return weigh(value, false); }
std::uint64_t Weights::of(const Value& value) { return weigh(value, true); }

std::uint64_t Weights::weigh(const Value& value, bool records) {
  if (value.is(ValueKind::variant)) return weigh(value.variant->payload, records);
  if (value.is(ValueKind::instance)) return records ? of_record(value.as_instance()) : 1;
  if (value.is(ValueKind::string)) return 1 + value.as_text().size() / kTextPart;
  const bool list = value.is(ValueKind::list);
  if (!list && !value.is(ValueKind::map)) return 1;
  if (is_small(value)) return sum_of(value, records);
  const void* place = list ? static_cast<const void*>(value.list) : value.map;
  Known& known = records ? contents_ : trees_;
  if (const auto found = known.find(place); found != known.end()) return found->second;
  const std::uint64_t sum = sum_of(value, records);
  known.emplace(place, sum);
  return sum;
}

std::uint64_t Weights::sum_of(const Value& value, bool records) {
  std::uint64_t sum = 1;
  const auto add = [&](const Value& part) {
    sum = std::min(sum + weigh(part, records), kMostParts + 1);
  };
  if (value.is(ValueKind::list)) {
    for (const Value& item : value.list->items) add(item);
  } else {
    for (const values::MapItem& item : value.map->items) add(item.value);
  }
  return sum;
}

std::uint64_t Weights::of_record(values::InstanceId record) {
  const program::Instance& one = lab_.instances[record];
  if (!program_.kinds[one.kind].record) return 1;
  if (const auto found = records_.find(record.index); found != records_.end()) return found->second;
  records_.emplace(record.index, 1);
  std::uint64_t sum = 1;
  for (std::uint32_t f = 0; f < one.slot_count; ++f) {
    const program::Slot& slot = lab_.slot(record, f);
    if (slot.state == program::SlotState::done)
      sum = std::min(sum + of(slot.result), kMostParts + 1);
  }
  records_[record.index] = sum;
  return sum;
}

}  // namespace hlab::evaluate
