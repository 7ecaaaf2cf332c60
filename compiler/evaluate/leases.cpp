// `auto` and `learned`: explicit claims of a pool first, then leases that the lock remembers, then the
// next free value for whoever is new, in the order of their paths. Nothing moves that need not.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/wide.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/values/address.h"
#include "compiler/values/scalar_text.h"

namespace hlab::evaluate {

using namespace program;
using types::TypeKind;
using values::Address;
using values::make;

namespace {

struct Asker {
  InstanceId holder;
  std::uint32_t field;
  std::size_t entry;
  std::string path;
};

using Number = Wide;

Number number_of(const Address& a) { return (static_cast<Number>(a.high) << 64) | a.low; }
Number last_of(const Address& a) { return (static_cast<Number>(a.last_high) << 64) | a.last_low; }

/// Addresses of one family in a network: a pool of their own.
struct Family {
  std::string_view field;  // of whoever holds one
  std::string_view cidr;   // of the network
  std::string_view pool;   // what the lock adds to the network's path
};
constexpr Family kFirst{"address", "cidr", ""};
constexpr Family kSecond{"address6", "cidr6", ".cidr6"};

struct Reserved {
  Number first;
  Number last;
};

bool inside(const std::vector<Reserved>& reserved, Number n) {
  return std::any_of(reserved.begin(), reserved.end(),
                     [&](const Reserved& r) { return r.first <= n && n <= r.last; });
}

}  // namespace

Value Evaluator::learned(InstanceId holder, InstanceId pool, ExprId origin) {
  const std::pair<std::string, std::string> key{path(pool), path(holder)};
  const auto known = known_leases.find(key);
  if (known != known_leases.end()) {
    if (const auto address = values::parse_ip(known->second)) {
      used_leases.insert(*known);
      Value v = make(ValueKind::ip, origin);
      v.address = heap_.address(*address);
      return v;
    }
  }
  Value v = make(ValueKind::unlearned, origin);
  v.unlearned = heap_.unlearned({pool, holder});
  return v;
}

Value Evaluator::lease(InstanceId holder, std::uint32_t index, MapEntry& entry) {
  if (entry.state == SlotState::done) return entry.result;
  if (entry.state == SlotState::running) return cycle(holder, index, entry.value);
  const ResolutionKind how = program_.resolutions[entry.value.index].kind;
  entry.state = SlotState::running;
  Value result;
  const InstanceId pool = entry.key.is_instance ? InstanceId(entry.key.id) : InstanceId();
  if (how == ResolutionKind::lease_learned && pool.valid()) {
    result = learned(holder, pool, entry.value);
  } else if (how == ResolutionKind::lease_auto && pool.valid()) {
    const bool second = is_second(holder, index);
    allocate_pool(pool, second);
    const auto found = allocated_.find({holder.index, pool.index, second});
    result = found != allocated_.end() ? found->second : make(ValueKind::error, entry.value);
  } else {
    result = value(entry.value, entry.context);
  }
  entry.result = result;
  entry.state = SlotState::done;
  return result;
}

/// Whether the field holds addresses of a network's second family.
bool Evaluator::is_second(InstanceId holder, std::uint32_t field) const {
  const Kind& kind = program_.kinds[lab_.instances[holder].kind];
  return text(kind.fields[field].name) == kSecond.field;
}

void Evaluator::allocate_pool(InstanceId pool, bool second) {
  if (!pools_allocated_.insert({pool.index, second}).second) return;
  const Family& family = second ? kSecond : kFirst;
  const KindId pool_kind = lab_.instances[pool].kind;
  const auto pool_field = [&](std::string_view name) {
    const Symbol symbol = program_.symbols->find(name);
    const std::uint32_t f = symbol ? program_.field(pool_kind, symbol) : kNoField;
    return f == kNoField ? make(ValueKind::absent, ExprId()) : field(pool, f, ExprId());
  };
  const Value cidr = pool_field(family.cidr);
  if (!cidr.is(ValueKind::cidr)) return;
  const Address network = *cidr.address;
  std::vector<Reserved> taken;
  const Value reserved = pool_field("reserved");
  if (reserved.is(ValueKind::list)) {
    for (const Value& range : reserved.list->items) {
      if (range.is(ValueKind::ip_range) && range.address->family == network.family)
        taken.push_back({number_of(*range.address), last_of(*range.address)});
    }
  }
  std::vector<Asker> askers;
  for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
    const InstanceId id(i);
    if (lab_.instances[id].planned || !lab_.instances[id].settled) continue;
    const Kind& kind = program_.kinds[lab_.instances[id].kind];
    for (std::uint32_t f = 0; f < kind.fields.size(); ++f) {
      const types::Type& t = type(core(kind.fields[f].type));
      if (t.kind != TypeKind::map || type(core(t.a)).kind != TypeKind::lease) continue;
      if (is_second(id, f) != second) continue;
      for (std::size_t k = 0; k < lab_.slot(id, f).entries.size(); ++k) {
        MapEntry& entry = lab_.slot(id, f).entries[k];
        if (!entry.key.is_instance || entry.key.id != pool.index) continue;
        if (program_.resolutions[entry.value.index].kind == ResolutionKind::lease_auto) {
          askers.push_back({id, f, k, path(id)});
        } else if (const Value v = lease(id, f, entry); v.is(ValueKind::ip)) {
          taken.push_back({number_of(*v.address), number_of(*v.address)});
        }
      }
    }
  }
  std::sort(askers.begin(), askers.end(),
            [](const Asker& a, const Asker& b) { return a.path < b.path; });
  const int width = network.family == 4 ? 32 : 128;
  const Number size = width == network.prefix
                          ? 1
                          : (static_cast<Number>(1) << (width - network.prefix));
  const Number base = number_of(network) & ~(size - 1);
  const std::string pool_name = path(pool) + std::string(family.pool);
  const auto give = [&](const Asker& asker, Number n) {
    Address address;
    address.family = network.family;
    address.high = static_cast<std::uint64_t>(n >> 64);
    address.low = static_cast<std::uint64_t>(n);
    Value v = make(ValueKind::ip, lab_.slot(asker.holder, asker.field).entries[asker.entry].value);
    v.address = heap_.address(address);
    allocated_[{asker.holder.index, pool.index, second}] = v;
    used_leases[{pool_name, asker.path}] = *values::canonical_text(v, *program_.symbols);
    taken.push_back({n, n});
  };
  std::vector<Asker> fresh;
  for (const Asker& asker : askers) {
    const auto known = known_leases.find({pool_name, asker.path});
    const auto address = known == known_leases.end() ? std::nullopt
                                                     : values::parse_ip(known->second);
    const bool fits = address && address->family == network.family && number_of(*address) >= base &&
                      number_of(*address) - base < size && !inside(taken, number_of(*address));
    if (fits) {
      give(asker, number_of(*address));
    } else {
      fresh.push_back(asker);
    }
  }
  Number next = base + 1;
  const Number end = base + (network.family == 4 && size > 2 ? size - 1 : size);
  for (const Asker& asker : fresh) {
    while (next < end && inside(taken, next)) ++next;
    if (next >= end) {
      const Span at =
          ast().exprs[lab_.slot(asker.holder, asker.field).entries[asker.entry].value].span;
      diags_.report(kPoolExhausted, at, pool_name, "address", asker.path)
          .help("widen its range, or shorten what is not given out: DHCP, pools, `reserved`");
      return;
    }
    give(asker, next);
  }
}

}  // namespace hlab::evaluate
