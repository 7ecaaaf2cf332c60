// `auto` and `learned`: explicit claims of a pool first, then leases that the lock remembers, then the
// next free value for whoever is new, in the order of their paths. Nothing moves that need not.
#include <fmt/format.h>

#include <set>

#include <algorithm>
#include <charconv>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/values/address.h"
#include "compiler/values/scalar_text.h"

namespace hlab::evaluate {

using namespace program;
using types::TypeKind;
using values::make;
using values::Want;

namespace {

std::optional<Wide> read_number(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || rest != end) return std::nullopt;
  return wide_of(number);
}

std::optional<Wide> read_value(const LeasePool& pool, std::string_view text) {
  if (pool.family == 0) return read_number(text);
  const auto address = values::parse_ip(text);
  if (!address || address->family != pool.family) return std::nullopt;
  return static_cast<Wide>(address->high) << 64 | address->low;
}

}  // namespace

/// `auto` as a value: the field that it stands in makes something of it.
Value Evaluator::wish(Want want, ExprId origin) {
  Value v = make(ValueKind::unlearned, origin);
  v.unlearned = heap_.unlearned({InstanceId(), InstanceId(), want});
  return v;
}

Want Evaluator::wanted_in(const Value& v) {
  return v.is(ValueKind::unlearned) ? v.unlearned->want : Want::nothing;
}

Value Evaluator::without_place(const Value& wish, std::string_view what) {
  const Span at = ast().exprs[wish.origin].span;
  trace(diags_.report(kLeaseWithoutPlace, at, sources_.text(at),
                      fmt::format("`{}` is made as a whole", what)),
        at, what)
      .help("give the entry its own line, as in `address.lan = auto`");
  return make(ValueKind::error, wish.origin);
}

/// `mend` says what to write in its place.
Value Evaluator::without_name(ExprId at, std::string_view mend) {
  const Span span = ast().exprs[at].span;
  trace(diags_.report(kLeaseWithoutPlace, span, sources_.text(span),
                      "hlab.lock has no name for its holder"),
        span, "")
      .help(fmt::format("{}; or put it into a map, under a name without blanks", mend));
  return make(ValueKind::error, at);
}

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
  has_unlearned = true;
  return v;
}

/// What the entry asks for. One that says its value has it afterwards.
Want Evaluator::asks(InstanceId holder, std::uint32_t index, MapEntry& entry) {
  if (entry.asked.want) return *entry.asked.want;
  if (entry.state == SlotState::running) {
    entry.result = cycle(holder, index, entry.value);
    return Want::nothing;
  }
  entry.state = SlotState::running;
  running_.push_back({holder, index, entry.value, frames_.size()});
  const Value v = value(entry.value, entry.context);
  running_.pop_back();
  entry.asked = {wanted_in(v), v.origin};
  entry.result = v;
  entry.state = *entry.asked.want == Want::nothing ? SlotState::done : SlotState::waiting;
  return *entry.asked.want;
}

Value Evaluator::lease(InstanceId holder, std::uint32_t index, MapEntry& entry) {
  const Want want = asks(holder, index, entry);
  if (want == Want::nothing || entry.state == SlotState::done) return entry.result;
  if (entry.state == SlotState::running) return cycle(holder, index, entry.value);
  entry.state = SlotState::running;
  const ExprId at = entry.asked.at;
  if (!is_nameable(holder)) {
    entry.result = without_name(at, "write the address");
    entry.state = SlotState::done;
    return entry.result;
  }
  const InstanceId pool = entry.key.is_instance ? InstanceId(entry.key.id) : InstanceId();
  Value result = make(ValueKind::error, at);
  if (pool.valid() && want == Want::learned) result = learned(holder, pool, at);
  if (pool.valid() && want == Want::automatic) {
    allocate_addresses(pool, is_second(holder, index), at);
    const auto found = allocated_.find({holder.index, index, pool.index});
    if (found != allocated_.end()) result = found->second;
  }
  entry.result = result;
  entry.state = SlotState::done;
  return result;
}

/// False when the pool was handed out already. Where it is just being handed out, what a claim is
/// computed from waits for the claim itself.
bool Evaluator::begins(InstanceId pool, bool second, ExprId at) {
  const Running asker = running_.empty() ? Running{} : running_.back();
  const auto [known, fresh] = allocations_.try_emplace({pool.index, second}, Allocation{asker});
  if (fresh) return true;
  const Allocation& begun = known->second;
  if (!begun.done && begun.asked_by.instance.valid())
    cycle(begun.asked_by.instance, begun.asked_by.field, at);
  return false;
}

const std::vector<std::uint32_t>& Evaluator::leasing_fields(KindId kind) {
  const auto [known, fresh] = leasing_fields_.try_emplace(kind.index);
  if (!fresh) return known->second;
  const auto& fields = program_.kinds[kind].fields;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    const types::Type& t = type(core(fields[i].type));
    const bool map = t.kind == TypeKind::map && type(core(t.a)).kind == TypeKind::lease;
    if (map || t.kind == TypeKind::lease) known->second.push_back(i);
  }
  return known->second;
}

void Evaluator::hand_out(const LeasePool& pool, Taken taken, const std::vector<PoolAsker>& askers) {
  std::vector<Asker> wishes;
  std::set<std::string> holders;
  for (const PoolAsker& asker : askers) {
    const std::string holder = lease_holder(asker.holder, asker.field, pool.family != 0);
    if (!holders.insert(holder).second) tell_second(pool, asker, holder);
    const auto known = known_leases.find({pool.name, holder});
    const auto kept = known == known_leases.end() ? std::nullopt : read_value(pool, known->second);
    wishes.push_back({holder, pool.family == 0 ? ends_of(asker) : Ends{}, kept});
  }
  const auto given = allocate(pool.ends, std::move(taken), wishes, pool.spared);
  bool told = false;
  for (std::size_t i = 0; i < askers.size(); ++i) {
    const PoolAsker& asker = askers[i];
    if (!given[i]) {
      if (!told) exhausted(pool, asker, wishes[i].holder);
      told = true;
      continue;
    }
    Value v = values::make_number(ValueKind::integer, number_of(*given[i]), asker.at);
    if (pool.family != 0) {
      values::Address address;
      address.family = pool.family;
      address.high = static_cast<std::uint64_t>(*given[i] >> 64);
      address.low = static_cast<std::uint64_t>(*given[i]);
      v = make(ValueKind::ip, asker.at);
      v.address = heap_.address(address);
    }
    allocated_[{asker.holder.index, asker.field, pool.id.index}] = v;
    used_leases[{pool.name, wishes[i].holder}] = *values::canonical_text(v, *program_.symbols);
  }
}

/// The numbers that the type of a field admits.
Ends Evaluator::ends_of(const PoolAsker& asker) const {
  const Field& field = program_.kinds[lab_.instances[asker.holder].kind].fields[asker.field];
  const types::Type& t = type(type(core(field.type)).a);
  return {wide_of(t.low), wide_of(t.high)};
}

/// The lock has a line for each holder, which could not say whose number it keeps.
void Evaluator::tell_second(const LeasePool& pool, const PoolAsker& asker,
                            const std::string& holder) {
  const Span at = ast().exprs[asker.at].span;
  const Entered asking(frames_, {Frame::Kind::value, asker.env, asker.holder});
  trace(diags_.report(
            kLeaseWithoutPlace, at, sources_.text(at),
            fmt::format("`hlab.lock` keeps one {} of `{}` for `{}`, and another field asks for it",
                        pool.holds, pool.name, holder)),
        at, "")
      .help("say one of them by hand, or give the other one an instance of its own");
}

void Evaluator::exhausted(const LeasePool& pool, const PoolAsker& asker,
                          const std::string& holder) {
  const Span at = ast().exprs[asker.at].span;
  const Entered asking(frames_, {Frame::Kind::value, asker.env, asker.holder});
  trace(diags_.report(kPoolExhausted, at, pool.name, pool.holds, holder), at, "")
      .help(
          pool.family != 0
              ? "widen its range, or shorten what is not given out: DHCP, pools, `reserved`, `spared`"
              : "widen its `range`, or shorten what is not given out: `reserved`");
}

/// Addresses are held by an instance, numbers by one of its fields.
std::string Evaluator::lease_holder(InstanceId holder, std::uint32_t index, bool address) const {
  if (address) return path(holder);
  const Field& field = program_.kinds[lab_.instances[holder].kind].fields[index];
  return fmt::format("{}.{}", path(holder), text(field.name));
}

std::optional<std::pair<std::string, std::string>> Evaluator::lease_key(InstanceId holder,
                                                                        std::uint32_t index,
                                                                        values::MapKey key) {
  const types::Type& t = type(core(program_.kinds[lab_.instances[holder].kind].fields[index].type));
  if (t.kind == TypeKind::lease) {
    std::string missing;
    const auto pool = pool_of(holder, index, missing);
    if (!pool || !pool->valid()) return std::nullopt;
    return std::pair(path(*pool), lease_holder(holder, index, false));
  }
  if (t.kind != TypeKind::map || type(core(t.a)).kind != TypeKind::lease || !key.is_instance)
    return std::nullopt;
  return std::pair(address_pool(InstanceId(key.id), is_second(holder, index)),
                   lease_holder(holder, index, true));
}

}  // namespace hlab::evaluate
