#include "compiler/input/tree_maker.h"

#include <utility>

namespace hlab::input {

using values::MapKey;
using values::Value;
using values::ValueKind;

void TreeMaker::open(values::Map* map, values::List* list) {
  if (open_.size() >= kMaxDepth) fail(TreeFault::too_deep);
  Open& made = open_.emplace_back();
  made.map = map;
  made.list = list;
}

void TreeMaker::open_map() { open(heap_.map(), nullptr); }
void TreeMaker::open_list() { open(nullptr, heap_.list()); }

Value TreeMaker::close() {
  Open done = std::move(open_.back());
  open_.pop_back();
  for (const Value& more : done.merged) {
    for (const values::MapItem& item : more.map->items) {
      if (!done.keys.emplace(item.key.id, done.map->items.size()).second) continue;
      done.map->items.push_back(item);
    }
  }
  Value made = values::make(done.map != nullptr ? ValueKind::map : ValueKind::list, origin_);
  if (done.map != nullptr) {
    made.map = done.map;
  } else {
    made.list = done.list;
  }
  last_size_ = done.size;
  add(made, done.size);
  return made;
}

void TreeMaker::key(std::string_view name) {
  Open& map = open_.back();
  map.key = symbols_.intern(name);
  map.has_key = true;
  if (!map.keys.emplace(map.key.index, map.map->items.size()).second)
    fail(TreeFault::duplicate_key);
}

void TreeMaker::merge_key() {
  key("<<");
  open_.back().merges = true;
}

void TreeMaker::merge(Open& into, const Value& value) {
  into.merges = into.has_key = false;
  if (value.is(ValueKind::map)) {
    into.merged.push_back(value);
    return;
  }
  if (!value.is(ValueKind::list)) return fail(TreeFault::bad_merge);
  for (const Value& item : value.list->items) {
    if (!item.is(ValueKind::map)) return fail(TreeFault::bad_merge);
    into.merged.push_back(item);
  }
}

void TreeMaker::add(const Value& value, std::size_t size) {
  if (open_.empty()) {
    root_ = value;
    return;
  }
  Open& into = open_.back();
  into.size += size;
  if (into.merges) return merge(into, value);
  if (into.list != nullptr) {
    into.list->items.push_back(value);
  } else {
    into.map->items.push_back({MapKey::of(into.key), value});
    into.has_key = false;
  }
}

void TreeMaker::repeat(const Value& value, std::size_t size) {
  repeated_ += size;
  if (repeated_ > kMaxRepeated) fail(TreeFault::too_large);
  add(value, size);
}

}  // namespace hlab::input
