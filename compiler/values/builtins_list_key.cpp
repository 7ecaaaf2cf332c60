// Places in lists, and lists beside lists of keys: what other languages do with functions of an
// element, a comprehension does here: `nodes.sorted-by([n.name for n in nodes])`.
#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "compiler/values/builtin_rows.h"
#include "compiler/values/comparison.h"

namespace hlab::values {
namespace {

using types::TypeId;
using types::TypeKind;
using types::TypeTable;
using Types = std::span<const TypeId>;

TypeId list_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId list = plain_type(types, receiver);
  return types.is(list, TypeKind::list) ? list : TypeId();
}

TypeId element_of(const TypeTable& types, TypeId id) {
  const TypeId list = plain_type(types, id);
  return types.is(list, TypeKind::list) ? types[list].a : TypeId();
}

TypeId slice_type(TypeTable& types, TypeId receiver, Types args) {
  for (const TypeId arg : args) {
    if (!fits(types, arg, TypeKind::integer)) return TypeId();
  }
  return list_type(types, receiver, {});
}

TypeId place_type(TypeTable& types, TypeId receiver, Types args) {
  const TypeId element = element_of(types, receiver);
  if (!element.valid() || !types_compare(element, args[0], types)) return TypeId();
  return types.optional_of(TypeTable::simple(TypeKind::integer));
}

TypeId repeated_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId element = element_of(types, receiver);
  const bool fine = element.valid() && types_compare(element, element, types);
  return fine ? list_type(types, receiver, {}) : TypeId();
}

TypeId flags_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId element = element_of(types, receiver);
  const bool empty = types.is(plain_type(types, receiver), TypeKind::list) && !element.valid();
  return empty || fits(types, element, TypeKind::boolean) ? TypeTable::simple(TypeKind::boolean)
                                                          : TypeId();
}

TypeId sorted_type(TypeTable& types, TypeId receiver, Types args) {
  const TypeId key = element_of(types, args[0]);
  return key.valid() && types_order(key, key, types) ? list_type(types, receiver, {}) : TypeId();
}

TypeId map_of(TypeTable& types, TypeId value, TypeId keys) {
  const TypeId key = element_of(types, keys);
  if (!value.valid() || !key.valid() || !fits(types, key, TypeKind::string)) return TypeId();
  return types.map_of(value, TypeTable::simple(TypeKind::string));
}

TypeId grouped_type(TypeTable& types, TypeId receiver, Types args) {
  return map_of(types, list_type(types, receiver, {}), args[0]);
}

TypeId keyed_type(TypeTable& types, TypeId receiver, Types args) {
  return map_of(types, element_of(types, receiver), args[0]);
}

const Items& items(const Call& call) { return call.receiver.list->items; }
const Items& keys(const Call& call) { return call.args[0].list->items; }

OpResult slice(const Call& call) {
  const std::int64_t from = call.args[0].number;
  const std::int64_t to = call.args.size() > 1 ? call.args[1].number : INT64_MAX;
  if (from < 0 || to < 0) return problem_of(call, "`slice` counts from 0, not from below");
  const auto size = static_cast<std::int64_t>(items(call).size());
  List* list = call.heap.list();
  for (std::int64_t i = from; i < std::min(to, size); ++i) {
    list->items.push_back(items(call)[static_cast<std::size_t>(i)]);
  }
  return list_of(call, list);
}

OpResult index_of(const Call& call) {
  std::size_t at = 0;
  Equality found;
  for (; at < items(call).size(); ++at) {
    found = compare_equal(items(call)[at], call.args[0], call.records);
    if (found.unknown || found.same) break;
  }
  if (call.records != nullptr) call.records->compared(at);
  if (found.unknown) return {spread_hollow(*found.unknown, call.origin), {}};
  return found.same ? number_of(call, static_cast<std::int64_t>(at)) : nothing(call);
}

OpResult indexes(const Call& call) {
  List* list = call.heap.list();
  for (std::size_t i = 0; i < items(call).size(); ++i) {
    list->items.push_back(
        make_number(ValueKind::integer, static_cast<std::int64_t>(i), call.origin));
  }
  return list_of(call, list);
}

OpResult repeated(const Call& call) {
  List* list = call.heap.list();
  std::unordered_multimap<std::size_t, std::size_t> seen;  // hash -> place of the first mention
  std::unordered_set<std::size_t> told;
  for (std::size_t i = 0; i < items(call).size(); ++i) {
    const Value& item = items(call)[i];
    if (item.hollow()) {
      if (item.is(ValueKind::absent)) continue;
      return {spread_hollow(item, call.origin), {}};
    }
    const std::size_t hash = value_hash(item, call.records);
    const auto [begin, end] = seen.equal_range(hash);
    const auto first = std::find_if(begin, end, [&](const auto& entry) {
      return compare_equal(items(call)[entry.second], item, call.records).same;
    });
    if (first == end) {
      seen.emplace(hash, i);
    } else if (told.insert(first->second).second) {
      list->items.push_back(item);
    }
  }
  return list_of(call, list);
}

/// One flag that decides is enough, even beside some that are not known.
template <bool Deciding>
OpResult flags(const Call& call) {
  const Value* unknown = nullptr;
  for (const Value& item : items(call)) {
    if (item.is(ValueKind::absent)) continue;
    if (item.hollow()) {
      unknown = unknown ? &most_hollow(*unknown, item) : &item;
    } else if (item.boolean == Deciding) {
      return boolean_of(call, Deciding);
    }
  }
  if (unknown) return {spread_hollow(*unknown, call.origin), {}};
  return boolean_of(call, !Deciding);
}

/// Keys that have no value, or too few of them; then `result` says what comes of it.
bool unfit_keys(const Call& call, OpResult& result) {
  if (items(call).size() != keys(call).size()) {
    result = problem_of(call, "there are " + std::to_string(keys(call).size()) + " keys for " +
                                  std::to_string(items(call).size()) + " elements");
    return true;
  }
  for (const Value& key : keys(call)) {
    if (!key.hollow()) continue;
    result = {spread_hollow(key, call.origin), {}};
    return true;
  }
  return false;
}

OpResult sorted_by(const Call& call) {
  OpResult result;
  if (unfit_keys(call, result)) return result;
  std::vector<std::size_t> order(items(call).size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const Value& key : keys(call)) {
    if (!compare_order(keys(call).front(), key)) return problem_of(call, "the keys have no order");
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    const auto found = compare_order(keys(call)[left], keys(call)[right]);
    return found && *found < 0;
  });
  List* list = call.heap.list();
  for (const std::size_t at : order) list->items.push_back(items(call)[at]);
  return list_of(call, list);
}

OpResult map_value(const Call& call, const Map* map) {
  Value value = make(ValueKind::map, call.origin);
  value.map = map;
  return {value, {}};
}

OpResult grouped(const Call& call) {
  OpResult result;
  if (unfit_keys(call, result)) return result;
  Map* map = call.heap.map();
  std::unordered_map<std::uint32_t, List*> lists;
  for (std::size_t i = 0; i < items(call).size(); ++i) {
    const Symbol key = call.symbols.intern(keys(call)[i].as_text());
    List*& list = lists[key.index];
    if (list == nullptr) {
      list = call.heap.list();
      map->items.push_back({MapKey::of(key), list_of(call, list).value});
    }
    list->items.push_back(items(call)[i]);
  }
  return map_value(call, map);
}

OpResult keyed(const Call& call) {
  OpResult result;
  if (unfit_keys(call, result)) return result;
  Map* map = call.heap.map();
  std::unordered_set<std::uint32_t> known;
  for (std::size_t i = 0; i < items(call).size(); ++i) {
    const Symbol key = call.symbols.intern(keys(call)[i].as_text());
    if (!known.insert(key.index).second) {
      return problem_of(call,
                        "the key `" + std::string(keys(call)[i].as_text()) + "` stands twice");
    }
    map->items.push_back({MapKey::of(key), items(call)[i]});
  }
  return map_value(call, map);
}

constexpr TypeKind kList = TypeKind::list;

constexpr std::array kRows{
    Builtin{"slice", kList, false, 1, 2, slice_type, slice,
            "slice(from: Int, to: Int = ...) -> [T]",
            "The elements from one place, counted from 0, to before another; fewer where the list "
            "ends.",
            R"([1, 2, 3, 4].slice(1, 3) == [2, 3])"},
    Builtin{
        "index-of", kList, false, 1, 1, place_type, index_of, "index-of(element: T) -> Int?",
        "The place of the first element that equals this one, from 0; absent when there is none.",
        R"(["a", "b"].index-of("b") == 1)", false, true},
    Builtin{
        "indexes", kList, true, 0, 0, list_result<TypeKind::integer>, indexes, "indexes: [Int]",
        "The places of the elements, from 0: to number them, or to go through two lists at once.",
        R"(["a", "b"].indexes == [0, 1])"},
    Builtin{"repeated", kList, true, 0, 0, repeated_type, repeated, "repeated: [T]",
            "Each element that stands in the list more than once, once.",
            R"([80, 443, 80].repeated == [80])", false, true},
    Builtin{"any", kList, true, 0, 0, flags_type, flags<true>, "any: Bool",
            "Whether one element of a list of Bool is true.", R"([n > 2 for n in [1, 3]].any)"},
    Builtin{"all", kList, true, 0, 0, flags_type, flags<false>, "all: Bool",
            "Whether every element of a list of Bool is true.", R"([n > 0 for n in [1, 3]].all)"},
    Builtin{"sorted-by", kList, false, 1, 1, sorted_type, sorted_by, "sorted-by(keys: [K]) -> [T]",
            "The elements in the rising order of their keys, one key an element.",
            R"(["bb", "a"].sorted-by([t.length for t in ["bb", "a"]]) == ["a", "bb"])"},
    Builtin{"group-by", kList, false, 1, 1, grouped_type, grouped,
            "group-by(keys: [String]) -> Map<[T]>",
            "The elements in lists by their keys, one key an element.",
            R"([1, 2, 3].group-by(["odd", "even", "odd"])["odd"] == [1, 3])"},
    Builtin{"keyed-by", kList, false, 1, 1, keyed_type, keyed, "keyed-by(keys: [String]) -> Map<T>",
            "A map of the elements, one key an element, none twice.",
            R"([80, 443].keyed-by(["http", "https"])["https"] == 443)"},
};

}  // namespace

std::span<const Builtin> list_key_builtins() { return kRows; }

}  // namespace hlab::values
