#include "compiler/values/comparison.h"

#include <functional>
#include <string_view>
#include <unordered_map>

#include "compiler/values/address.h"

namespace hlab::values {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

/// Exact, where a conversion to double would call 2^53 and 2^53 + 1 the same.
std::strong_ordering order_mixed(std::int64_t whole, double real) {
  if (real >= kTwoTo63) return std::strong_ordering::less;
  if (real < -kTwoTo63) return std::strong_ordering::greater;
  const auto truncated = static_cast<std::int64_t>(real);
  if (whole != truncated) return whole <=> truncated;
  const double rest = real - static_cast<double>(truncated);
  if (rest > 0) return std::strong_ordering::less;
  return rest < 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering order_real(double left, double right) {
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering order_numbers(const Value& left, const Value& right) {
  if (left.is(ValueKind::integer)) {
    return right.is(ValueKind::integer) ? left.number <=> right.number
                                        : order_mixed(left.number, right.real);
  }
  if (right.is(ValueKind::floating)) return order_real(left.real, right.real);
  return 0 <=> order_mixed(right.number, left.real);
}

template <class T>
std::strong_ordering order_plain(const T& left, const T& right) {
  if (left < right) return std::strong_ordering::less;
  return right < left ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering order_ips(const Address& left, const Address& right) {
  if (left.family != right.family) return left.family <=> right.family;
  return order_plain(address_bits(left), address_bits(right));
}

bool same_address(const Address& left, const Address& right) {
  return left.family == right.family && left.prefix == right.prefix && left.high == right.high &&
         left.low == right.low && left.last_high == right.last_high &&
         left.last_low == right.last_low;
}

/// A difference decides, even where another part is unknown.
Equality both(const Equality& left, const Equality& right) {
  if (!left.unknown && !left.same) return left;
  if (!right.unknown && !right.same) return right;
  return left.unknown ? left : right;
}

/// Of what is not compared any more.
const Value kNotCompared = make(ValueKind::error, {});

bool may_go_on(Records* records, std::size_t parts) {
  return records == nullptr || records->compared(parts);
}

Equality equal_lists(const List& left, const List& right, Records* records) {
  if (left.items.size() != right.items.size()) return {false, nullptr};
  Equality all{true, nullptr};
  std::size_t i = 0;
  for (; i < left.items.size() && (all.same || all.unknown); ++i)
    all = both(all, compare_equal(left.items[i], right.items[i], records));
  return may_go_on(records, i) ? all : Equality{false, &kNotCompared};
}

std::size_t present_items(const Map& map) {
  std::size_t count = 0;
  for (const MapItem& item : map.items) count += item.value.is(ValueKind::absent) ? 0 : 1;
  return count;
}

/// Finds the keys of one map in another one, which mostly has them in the same places.
class KeysBeside {
 public:
  explicit KeysBeside(const Map& map) : map_(map) {}

  const Value* find(MapKey key, std::size_t place) {
    constexpr std::size_t kFew = 32;
    if (place < map_.items.size() && map_.items[place].key == key) return &map_.items[place].value;
    if (map_.items.size() <= kFew) return map_.find(key);
    if (places_.empty()) {
      for (std::size_t i = 0; i < map_.items.size(); ++i)
        places_.emplace(number(map_.items[i].key), i);
    }
    const auto found = places_.find(number(key));
    return found == places_.end() ? nullptr : &map_.items[found->second].value;
  }

 private:
  static std::uint64_t number(MapKey key) {
    return (std::uint64_t{key.id} << 1) | (key.is_instance ? 1u : 0u);
  }

  const Map& map_;
  std::unordered_map<std::uint64_t, std::size_t> places_;
};

Equality equal_maps(const Map& left, const Map& right, Records* records) {
  if (present_items(left) != present_items(right)) return {false, nullptr};
  Equality all{true, nullptr};
  KeysBeside beside(right);
  for (std::size_t i = 0; i < left.items.size(); ++i) {
    const MapItem& item = left.items[i];
    if (item.value.is(ValueKind::absent)) continue;
    const Value* other = beside.find(item.key, i);
    if (!other) return {false, nullptr};
    all = both(all, compare_equal(item.value, *other, records));
    if (!all.same && !all.unknown) break;
  }
  return may_go_on(records, left.items.size()) ? all : Equality{false, &kNotCompared};
}

bool same_scalar(const Value& left, const Value& right) {
  switch (left.kind) {
    case ValueKind::absent:
    case ValueKind::null: return true;
    case ValueKind::boolean: return left.boolean == right.boolean;
    case ValueKind::string: return left.as_text() == right.as_text();
    case ValueKind::ip:
    case ValueKind::cidr:
    case ValueKind::ip_range: return same_address(*left.address, *right.address);
    case ValueKind::mac: return left.mac == right.mac;
    case ValueKind::int_range:
      return left.range->first == right.range->first && left.range->last == right.range->last;
    case ValueKind::symbol: return left.symbol == right.symbol;
    case ValueKind::instance: return left.instance == right.instance;
    default: return is_quantity(left.kind) && left.number == right.number;
  }
}

std::size_t mixed(std::size_t hash, std::size_t part) {
  return (hash ^ part) * 0x9e3779b97f4a7c15u + (hash >> 29);
}

std::size_t address_hash(const Address& address) {
  return mixed(mixed(address.low, address.high), address.prefix);
}

std::size_t list_hash(const List& list, Records* records) {
  if (!may_go_on(records, list.items.size())) return 0;
  std::size_t hash = list.items.size();
  for (const Value& item : list.items) hash = mixed(hash, value_hash(item, records));
  return hash;
}

/// The same in any order of the keys.
std::size_t map_hash(const Map& map, Records* records) {
  if (!may_go_on(records, map.items.size())) return 0;
  std::size_t hash = 0;
  for (const MapItem& item : map.items) {
    if (!item.value.is(ValueKind::absent))
      hash += mixed(item.key.id, value_hash(item.value, records));
  }
  return hash;
}

}  // namespace

Equality compare_equal(const Value& left, const Value& right, Records* records) {
  for (const Value* side : {&left, &right}) {
    if (side->is(ValueKind::error) || side->is(ValueKind::unlearned)) return {false, side};
  }
  if (is_number(left.kind) && is_number(right.kind)) {
    return {order_numbers(left, right) == 0, nullptr};
  }
  if (left.kind != right.kind) return {false, nullptr};
  if ((left.is(ValueKind::list) || left.is(ValueKind::map)) && !may_go_on(records, 0))
    return {false, &kNotCompared};
  switch (left.kind) {
    case ValueKind::list: return equal_lists(*left.list, *right.list, records);
    case ValueKind::map: return equal_maps(*left.map, *right.map, records);
    case ValueKind::variant:
      if (left.variant->tag != right.variant->tag) return {false, nullptr};
      return compare_equal(left.variant->payload, right.variant->payload, records);
    case ValueKind::instance:
      if (left.instance == right.instance || records == nullptr)
        return {same_scalar(left, right), nullptr};
      return records->equal(left.as_instance(), right.as_instance());
    default: return {same_scalar(left, right), nullptr};
  }
}

std::optional<std::strong_ordering> compare_order(const Value& left, const Value& right) {
  if (is_number(left.kind) && is_number(right.kind)) return order_numbers(left, right);
  if (left.kind != right.kind) return std::nullopt;
  if (left.is(ValueKind::string)) return order_plain(left.as_text(), right.as_text());
  if (left.is(ValueKind::ip)) return order_ips(*left.address, *right.address);
  if (is_quantity(left.kind)) return left.number <=> right.number;
  return std::nullopt;
}

std::size_t value_hash(const Value& value, Records* records) {
  switch (value.kind) {
    case ValueKind::boolean: return value.boolean ? 1 : 0;
    case ValueKind::string: return std::hash<std::string_view>{}(value.as_text());
    case ValueKind::ip:
    case ValueKind::cidr:
    case ValueKind::ip_range: return address_hash(*value.address);
    case ValueKind::int_range:
      return mixed(static_cast<std::size_t>(value.range->first),
                   static_cast<std::size_t>(value.range->last));
    case ValueKind::integer: return std::hash<double>{}(static_cast<double>(value.number));
    case ValueKind::floating: return std::hash<double>{}(value.real);
    case ValueKind::symbol: return value.symbol;
    case ValueKind::instance:
      return records == nullptr ? value.instance : records->hash(value.as_instance());
    case ValueKind::mac: return std::hash<std::uint64_t>{}(value.mac);
    case ValueKind::variant:
      return mixed(value.variant->tag.index, value_hash(value.variant->payload, records));
    case ValueKind::list: return list_hash(*value.list, records);
    case ValueKind::map: return map_hash(*value.map, records);
    default: return is_quantity(value.kind) ? std::hash<std::int64_t>{}(value.number) : 0;
  }
}

}  // namespace hlab::values
