#include <algorithm>
#include <unordered_map>
#include <vector>

#include "compiler/values/builtin_rows.h"
#include "compiler/values/comparison.h"
#include "compiler/values/membership.h"
#include "compiler/values/scalar_text.h"

namespace hlab::values {
namespace {

using types::TypeId;
using types::TypeKind;
using types::TypeTable;
using Types = std::span<const TypeId>;

TypeId element_of(const TypeTable& types, TypeId receiver) {
  const TypeId list = plain_type(types, receiver);
  return types.is(list, TypeKind::list) ? types[list].a : TypeId();
}

bool quantity(TypeKind kind) { return kind >= TypeKind::bytes && kind <= TypeKind::rate; }
bool number(TypeKind kind) { return kind == TypeKind::integer || kind == TypeKind::floating; }
bool unknown(TypeKind kind) { return kind == TypeKind::error || kind == TypeKind::absent; }

bool has_text(TypeKind kind) {
  return unknown(kind) || quantity(kind) || number(kind) || kind == TypeKind::boolean ||
         kind == TypeKind::string || kind == TypeKind::ip || kind == TypeKind::cidr ||
         kind == TypeKind::mac || kind == TypeKind::ip_range || kind == TypeKind::symbols;
}

TypeId joined_text_type(TypeTable& types, TypeId receiver, Types args) {
  const TypeId element = element_of(types, receiver);
  const bool fine = element.valid() && has_text(types[plain_type(types, element)].kind) &&
                    (args.empty() || fits(types, args[0], TypeKind::string));
  return fine ? TypeTable::simple(TypeKind::string) : TypeId();
}

TypeId same_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId list = plain_type(types, receiver);
  return types.is(list, TypeKind::list) ? list : TypeId();
}

TypeId comparable_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId element = element_of(types, receiver);
  return element.valid() && types_compare(element, element, types) ? same_type(types, receiver, {})
                                                                   : TypeId();
}

TypeId sorted_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId element = element_of(types, receiver);
  return element.valid() && types_order(element, element, types) ? same_type(types, receiver, {})
                                                                 : TypeId();
}

TypeId sum_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId element = element_of(types, receiver);
  if (!element.valid()) return TypeId();
  const TypeKind kind = types[plain_type(types, element)].kind;
  if (unknown(kind)) return TypeTable::simple(TypeKind::integer);
  return quantity(kind) || number(kind) ? TypeTable::simple(kind) : TypeId();
}

TypeId one_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId element = element_of(types, receiver);
  return element.valid() ? types.optional_of(element) : TypeId();
}

TypeId extreme_type(TypeTable& types, TypeId receiver, Types) {
  return sorted_type(types, receiver, {}).valid() ? one_type(types, receiver, {}) : TypeId();
}

TypeId contains_type(TypeTable& types, TypeId receiver, Types args) {
  const TypeId element = element_of(types, receiver);
  return element.valid() && types_compare(element, args[0], types)
             ? TypeTable::simple(TypeKind::boolean)
             : TypeId();
}

TypeId flat_type(TypeTable& types, TypeId receiver, Types) {
  const TypeId element = element_of(types, receiver);
  if (!element.valid()) return TypeId();
  if (unknown(types[element].kind)) return same_type(types, receiver, {});
  const TypeId inner = element_of(types, element);
  return inner.valid() ? types.list_of(inner) : TypeId();
}

const Items& items(const Call& call) { return call.receiver.list->items; }

/// The worst of the elements when one of them is an error or unlearned, else nullptr.
const Value* unusable(const Call& call) {
  const Value* worst = nullptr;
  for (const Value& item : items(call)) {
    if (!item.is(ValueKind::error) && !item.is(ValueKind::unlearned)) continue;
    worst = worst ? &most_hollow(*worst, item) : &item;
  }
  return worst;
}

/// Functions that look at every element come to nothing beside one that has no value.
template <OpResult (*Apply)(const Call&)>
OpResult on_known(const Call& call) {
  if (const Value* bad = unusable(call)) return {spread_hollow(*bad, call.origin), {}};
  return Apply(call);
}

OpResult length(const Call& call) {
  return number_of(call, static_cast<std::int64_t>(items(call).size()));
}

OpResult join(const Call& call) {
  std::string text;
  bool first = true;
  for (const Value& item : items(call)) {
    if (item.is(ValueKind::absent)) continue;
    const auto part = canonical_text(item, call.symbols);
    if (!part) return problem_of(call, std::string(kind_name(item.kind)) + " has no text to join");
    if (!first && !call.args.empty()) text += call.args[0].as_text();
    first = false;
    text += *part;
    if (text.size() > kTextLimit) break;
  }
  return text_of(call, text);
}

/// Absent elements have no order; they are left out.
Items present(const Call& call) {
  Items out;
  for (const Value& item : items(call)) {
    if (!item.is(ValueKind::absent)) out.push_back(item);
  }
  return out;
}

/// The first element that has no order beside the one before it, or nullptr.
const Value* unordered(const Items& values) {
  for (const Value& value : values) {
    if (!compare_order(values.front(), value)) return &value;
  }
  return nullptr;
}

OpResult no_order(const Call& call, const Value& bad) {
  return problem_of(call, std::string(kind_name(bad.kind)) + " has no order in this list");
}

bool comes_before(const Value& left, const Value& right) {
  const auto order = compare_order(left, right);
  return order && *order < 0;
}

OpResult sorted(const Call& call) {
  List* list = call.heap.list();
  list->items = present(call);
  if (const Value* bad = unordered(list->items)) return no_order(call, *bad);
  std::stable_sort(list->items.begin(), list->items.end(), comes_before);
  return list_of(call, list);
}

OpResult reversed(const Call& call) {
  List* list = call.heap.list();
  list->items.assign(items(call).rbegin(), items(call).rend());
  return list_of(call, list);
}

/// Errors stay: only what `hlab learn` will bring is left out.
OpResult known(const Call& call) {
  List* list = call.heap.list();
  for (const Value& item : items(call)) {
    if (!item.is(ValueKind::unlearned)) list->items.push_back(item);
  }
  return list_of(call, list);
}

OpResult unique(const Call& call) {
  List* list = call.heap.list();
  std::unordered_multimap<std::size_t, std::size_t> seen;
  for (const Value& item : items(call)) {
    const std::size_t hash = value_hash(item, call.records);
    const auto [begin, end] = seen.equal_range(hash);
    const bool known = std::any_of(begin, end, [&](const auto& entry) {
      return compare_equal(list->items[entry.second], item, call.records).same;
    });
    if (known) continue;
    seen.emplace(hash, list->items.size());
    list->items.push_back(item);
  }
  return list_of(call, list);
}

Value zero_of(const Call& call) {
  if (call.result == TypeKind::floating) return real_of(call, 0).value;
  // Both enumerations list the quantities in one order.
  if (!quantity(call.result)) return make_number(ValueKind::integer, 0, call.origin);
  const int offset = static_cast<int>(call.result) - static_cast<int>(TypeKind::bytes);
  return make_number(static_cast<ValueKind>(static_cast<int>(ValueKind::bytes) + offset), 0,
                     call.origin);
}

OpResult sum(const Call& call) {
  const auto values = present(call);
  OpResult total{values.empty() ? zero_of(call) : values.front(), {}};
  for (std::size_t i = 1; i < values.size() && !total.value.hollow(); ++i) {
    total = apply_binary(syntax::Op::add, total.value, values[i], call.origin, call.heap,
                         call.symbols);
  }
  total.value.origin = call.origin;
  return total;
}

template <bool Smallest>
OpResult extreme(const Call& call) {
  const auto values = present(call);
  if (values.empty()) return nothing(call);
  if (const Value* bad = unordered(values)) return no_order(call, *bad);
  const auto at = Smallest ? std::min_element(values.begin(), values.end(), comes_before)
                           : std::max_element(values.begin(), values.end(), comes_before);
  return taken(*at);
}

OpResult first(const Call& call) {
  return items(call).empty() ? nothing(call) : taken(items(call).front());
}

OpResult last(const Call& call) {
  return items(call).empty() ? nothing(call) : taken(items(call).back());
}

OpResult contains(const Call& call) {
  const Membership found = is_member(call.args[0], call.receiver, call.symbols, call.records);
  if (found.unknown) return {spread_hollow(*found.unknown, call.origin), {}};
  return boolean_of(call, found.inside);
}

OpResult flatten(const Call& call) {
  List* list = call.heap.list();
  for (const Value& item : items(call)) {
    if (item.is(ValueKind::absent)) continue;
    if (!item.is(ValueKind::list)) return problem_of(call, "`flatten` takes a list of lists");
    const auto& inner = item.list->items;
    if (list->items.size() + inner.size() > kListLimit) {
      return problem_of(call, list_problem(std::nullopt));
    }
    list->items.insert(list->items.end(), inner.begin(), inner.end());
  }
  return list_of(call, list);
}

constexpr TypeKind kList = TypeKind::list;

constexpr std::array kRows{
    Builtin{"length", kList, true, 0, 0, simple_result<TypeKind::integer>, length, "length: Int",
            "The number of elements.", R"(["a", "b"].length == 2)"},
    Builtin{"join", kList, false, 0, 1, joined_text_type, on_known<join>,
            "join(separator: String = \"\") -> String",
            "The texts of the elements, the separator between them.",
            R"([80, 443].join(",") == "80,443")"},
    Builtin{"sorted", kList, true, 0, 0, sorted_type, on_known<sorted>, "sorted: [T]",
            "Numbers, texts, addresses or quantities in rising order.",
            R"([3, 1, 2].sorted == [1, 2, 3])"},
    Builtin{"reversed", kList, true, 0, 0, same_type, reversed, "reversed: [T]",
            "The elements, last one first.", R"([1, 2, 3].reversed == [3, 2, 1])"},
    Builtin{"known", kList, true, 0, 0, same_type, known, "known: [T]",
            "The elements without those that wait for `hlab learn`.",
            R"(["a", "b"].known == ["a", "b"])"},
    Builtin{"unique", kList, true, 0, 0, comparable_type, on_known<unique>, "unique: [T]",
            "The elements without repetitions, in the order of their first mention.",
            R"(["a", "b", "a"].unique == ["a", "b"])", false, true},
    Builtin{"sum", kList, true, 0, 0, sum_type, on_known<sum>, "sum: T",
            "The sum of numbers, or of quantities of one unit; zero when there are none.",
            R"([512MiB, 1GiB].sum == 1536MiB)"},
    Builtin{"min", kList, true, 0, 0, extreme_type, on_known<extreme<true>>, "min: T?",
            "The smallest element; absent when there is none.", R"([3, 1, 2].min == 1)"},
    Builtin{"max", kList, true, 0, 0, extreme_type, on_known<extreme<false>>, "max: T?",
            "The largest element; absent when there is none.",
            R"([10.0.0.9, 10.0.0.10].max == 10.0.0.10)"},
    Builtin{"first", kList, true, 0, 0, one_type, first, "first: T?",
            "The first element; absent when there is none.", R"(["a", "b"].first == "a")"},
    Builtin{"last", kList, true, 0, 0, one_type, last, "last: T?",
            "The last element; absent when there is none.", R"(["a", "b"].last == "b")"},
    Builtin{"contains", kList, false, 1, 1, contains_type, contains, "contains(element: T) -> Bool",
            "Whether an element equals this one, as `in` asks.", R"([80, 443].contains(443))",
            false, true},
    Builtin{"flatten", kList, true, 0, 0, flat_type, on_known<flatten>, "flatten: [T]",
            "The elements of the lists in this list, one level deep.",
            R"([[1, 2], [3]].flatten == [1, 2, 3])"},
};

}  // namespace

std::span<const Builtin> list_builtins() { return kRows; }

}  // namespace hlab::values
