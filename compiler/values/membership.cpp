#include "compiler/values/membership.h"

#include <string_view>

#include "compiler/values/address.h"
#include "compiler/values/comparison.h"

namespace hlab::values {
namespace {

constexpr Membership kUndefined{false, false, nullptr};

Membership known(bool inside) { return {true, inside, nullptr}; }

bool range_inside_network(const Address& range, const Address& network) {
  return network_has(network, range) &&
         network_has(network, address_of(range.family, range_last(range)));
}

Membership in_network(const Value& element, const Address& network) {
  switch (element.kind) {
    case ValueKind::ip: return known(network_has(network, *element.address));
    case ValueKind::cidr: return known(network_covers(network, *element.address));
    case ValueKind::ip_range: return known(range_inside_network(*element.address, network));
    default: return kUndefined;
  }
}

Membership in_ip_range(const Value& element, const Address& range) {
  const auto lies = [&](AddressBits first, AddressBits last) {
    return known(range.family == element.address->family && address_bits(range) <= first &&
                 last <= range_last(range));
  };
  switch (element.kind) {
    case ValueKind::ip: return known(range_has(range, *element.address));
    case ValueKind::cidr:
      return lies(network_first(*element.address), network_last(*element.address));
    case ValueKind::ip_range:
      return lies(address_bits(*element.address), range_last(*element.address));
    default: return kUndefined;
  }
}

/// One match is enough, even beside elements that nobody knows.
Membership in_list(const Value& element, const List& list, Records* records) {
  Membership found = known(false);
  std::size_t looked = 0;
  for (const Value& item : list.items) {
    ++looked;
    const Equality equality = compare_equal(element, item, records);
    if (equality.same) found = known(true);
    if (equality.same) break;
    if (equality.unknown && (!found.unknown || equality.unknown->is(ValueKind::error))) {
      found.unknown = equality.unknown;
    }
  }
  if (records != nullptr) records->compared(looked);
  return found;
}

Membership in_map(const Value& element, const Map& map, const SymbolTable& symbols) {
  MapKey key;
  if (element.is(ValueKind::instance)) {
    key = MapKey::of(element.as_instance());
  } else if (element.is(ValueKind::string)) {
    key = MapKey::of(symbols.find(element.as_text()));
  } else {
    return kUndefined;
  }
  const Value* value = map.find(key);
  return known(value && !value->is(ValueKind::absent));
}

}  // namespace

Membership is_member(const Value& element, const Value& container, const SymbolTable& symbols,
                     Records* records) {
  switch (container.kind) {
    case ValueKind::cidr: return in_network(element, *container.address);
    case ValueKind::ip_range: return in_ip_range(element, *container.address);
    case ValueKind::int_range:
      if (!element.is(ValueKind::integer)) return kUndefined;
      return known(element.number >= container.range->first &&
                   element.number <= container.range->last);
    case ValueKind::list: return in_list(element, *container.list, records);
    case ValueKind::map: return in_map(element, *container.map, symbols);
    case ValueKind::string:
      if (!element.is(ValueKind::string)) return kUndefined;
      return known(container.as_text().find(element.as_text()) != std::string_view::npos);
    default: return kUndefined;
  }
}

}  // namespace hlab::values
