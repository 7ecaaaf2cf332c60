// Addresses of a network: what nodes, endpoints and others hold in it.
#include <fmt/format.h>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/values/address.h"

namespace hlab::evaluate {

using namespace program;
using types::TypeKind;
using values::Address;
using values::make;
using values::Want;

namespace {

Wide value_of(const Address& a) { return (static_cast<Wide>(a.high) << 64) | a.low; }
Wide last_of(const Address& a) { return (static_cast<Wide>(a.last_high) << 64) | a.last_low; }

/// Addresses of one family in a network: a pool of their own.
struct Family {
  std::string_view field;  // of whoever holds one
  std::string_view cidr;   // of the network
  std::string_view pool;   // what the lock adds to the network's path
};
constexpr Family kFirst{"address", "cidr", ""};
constexpr Family kSecond{"address6", "cidr6", ".cidr6"};

/// All but the network's own address, and IPv4's last one, by which all of it is meant. A network of two addresses,
/// between two machines, has neither.
void set_ends(LeasePool& pool, const Address& cidr) {
  const int free = (cidr.family == 4 ? 32 : 128) - cidr.prefix;
  const Wide host = free >= 128 ? ~static_cast<Wide>(0) : (static_cast<Wide>(1) << free) - 1;
  const Wide base = value_of(cidr) & ~host;
  pool.family = cidr.family;
  pool.ends.first = free > 1 ? base + 1 : base;
  pool.ends.last = cidr.family == 4 && free > 1 ? base + host - 1 : base + host;
}

/// A range that lies outside of its network is told, and once: `auto` takes what it says.
void follow_range(LeasePool& pool, const Address& cidr, const values::Value& range) {
  if (!range.is(values::ValueKind::ip_range) || range.address->family != pool.family) return;
  const Ends said{value_of(*range.address), last_of(*range.address)};
  const bool inside = said.first >= values::network_first(cidr) &&
                      said.last <= values::network_last(cidr);
  if (!inside) pool.ends = said;
}

}  // namespace

/// Whether the field holds addresses of a network's second family.
bool Evaluator::is_second(InstanceId holder, std::uint32_t field) const {
  const Kind& kind = program_.kinds[lab_.instances[holder].kind];
  return text(kind.fields[field].name) == kSecond.field;
}

std::string Evaluator::address_pool(InstanceId network, bool second) const {
  return path(network) + std::string(second ? kSecond.pool : kFirst.pool);
}

Value Evaluator::named_field(InstanceId of, std::string_view name) {
  const Symbol symbol = program_.symbols->find(name);
  const std::uint32_t f = symbol ? program_.field(lab_.instances[of].kind, symbol) : kNoField;
  return f == kNoField ? make(ValueKind::absent, ExprId()) : field(of, f, ExprId());
}

/// The ranges of a field of the network, of one family.
Taken Evaluator::held_back(InstanceId network, std::string_view field, const Address& cidr) {
  Taken taken;
  const Value ranges = named_field(network, field);
  if (!ranges.is(ValueKind::list)) return taken;
  for (const Value& range : ranges.list->items) {
    if (range.is(ValueKind::ip_range) && range.address->family == cidr.family)
      taken.add(value_of(*range.address), last_of(*range.address));
  }
  return taken;
}

void Evaluator::allocate_addresses(InstanceId network, bool second, ExprId at) {
  if (!begins(network, second, at)) return;
  hand_out_addresses(network, second);
  allocations_[{network.index, second}].done = true;
}

void Evaluator::hand_out_addresses(InstanceId network, bool second) {
  const Value cidr = named_field(network, second ? kSecond.cidr : kFirst.cidr);
  const bool has_range = cidr.is(ValueKind::cidr);
  if (!has_range && !(second && cidr.is(ValueKind::absent))) return;
  LeasePool pool{network, address_pool(network, second), "address"};
  if (has_range) set_ends(pool, *cidr.address);
  if (!second) follow_range(pool, *cidr.address, named_field(network, "range"));
  Taken taken = has_range ? held_back(network, "reserved", *cidr.address) : Taken();
  std::vector<PoolAsker> askers;
  for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
    const InstanceId id(i);
    if (lab_.instances[id].planned || !lab_.instances[id].settled) continue;
    for (const std::uint32_t f : leasing_fields(lab_.instances[id].kind)) {
      if (is_second(id, f) != second) continue;
      for (std::size_t k = 0; k < lab_.slot(id, f).entries.size(); ++k) {
        MapEntry& entry = lab_.slot(id, f).entries[k];
        if (!entry.key.is_instance || entry.key.id != network.index) continue;
        if (asks(id, f, entry) == Want::automatic) {
          if (is_nameable(id)) askers.push_back({id, f, entry.asked.at, entry.context.env});
        } else if (const Value v = lease(id, f, entry); v.is(ValueKind::ip)) {
          taken.add(value_of(*v.address), value_of(*v.address));
        }
      }
    }
  }
  if (!has_range) {
    for (const PoolAsker& asker : askers) {
      diags_
          .report(kNoPoolHere, ast().exprs[asker.at].span,
                  fmt::format("{}.{}.{}", path(asker.holder), kSecond.field,
                              text(lab_.instances[network].name)))
          .here("no IPv6 address: the network has none")
          .help(fmt::format("say its IPv6 range: `cidr6 = ...` in `{}`", path(network)));
    }
    return;
  }
  pool.spared = held_back(network, "spared", *cidr.address);
  hand_out(pool, std::move(taken), askers);
}

}  // namespace hlab::evaluate
