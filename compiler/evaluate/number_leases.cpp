// Numbers of a pool (`numbers`): ports, VLANs, whatever a kind says of its fields with `auto(PATH)`.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

using namespace program;
using types::TypeKind;
using values::make;
using values::Want;

/// The pool of a field; an invalid one where its path ends early, with what is missing, and none where
/// that has a message already.
std::optional<InstanceId> Evaluator::pool_of(InstanceId holder, std::uint32_t index,
                                             std::string& missing) {
  const TypeId leased = core(program_.kinds[lab_.instances[holder].kind].fields[index].type);
  InstanceId at = holder;
  if (type(leased).flags & types::kLeaseOfLab) {
    const auto& labs = instances_of(program_.core_kind("lab"));
    if (labs.empty()) return std::nullopt;
    at = labs.front();
  }
  bool declared = true;  // so far the path goes over fields that kinds declare
  for (const types::Tag& step : program_.types.tags(leased)) {
    const std::uint32_t found = program_.field(lab_.instances[at].kind, step.name);
    if (found == kNoField && text(step.name) == "owner" && lab_.instances[at].owner.valid()) {
      at = lab_.instances[at].owner;
      declared = false;
      continue;
    }
    // The kind of a declared field has it or has not: the type of the lease was told to be wrong.
    if (found == kNoField && declared && text(step.name) != "owner") return std::nullopt;
    const Value v = found == kNoField ? make(ValueKind::absent, ExprId())
                                      : field(at, found, ExprId());
    if (v.is(ValueKind::error)) return std::nullopt;
    if (!v.is(ValueKind::instance)) {
      missing = fmt::format("`{}` has no `{}`", path(at), text(step.name));
      return InstanceId();
    }
    at = v.as_instance();
  }
  return at;
}

/// What a field asks for. One that says its number has it afterwards.
Want Evaluator::asks_for_number(InstanceId holder, std::uint32_t index) {
  Slot& slot = lab_.slot(holder, index);
  if (slot.asked.want) return *slot.asked.want;
  if (slot.shape != SlotShape::expression || slot.state == SlotState::done) return Want::nothing;
  if (slot.state == SlotState::running) {
    cycle(holder, index, slot.value);
    return Want::nothing;
  }
  slot.state = SlotState::running;
  running_.push_back({holder, index, slot.value, frames_.size()});
  const Value v = value(slot.value, slot.context);
  running_.pop_back();
  slot.asked = {wanted_in(v), v.origin};
  slot.state = SlotState::waiting;
  if (*slot.asked.want != Want::nothing) return *slot.asked.want;
  slot.result = conform_set(holder, index, v);
  slot.state = SlotState::done;
  return Want::nothing;
}

/// The number of a field that is being computed.
Value Evaluator::number(InstanceId holder, std::uint32_t index) {
  Slot& slot = lab_.slot(holder, index);
  if (!slot.asked.want) {
    const Value v = value(slot.value, slot.context);
    slot.asked = {wanted_in(v), v.origin};
    if (*slot.asked.want == Want::nothing) return conform_set(holder, index, v);
  }
  const ExprId at = slot.asked.at;
  const Span span = ast().exprs[at].span;
  const std::string_view name =
      text(program_.kinds[lab_.instances[holder].kind].fields[index].name);
  if (!is_nameable(holder)) return without_name(at, "write the number");
  std::string missing;
  const auto pool = pool_of(holder, index, missing);
  if (!pool) return make(ValueKind::error, at);
  if (!pool->valid()) {
    const std::string field = fmt::format("{}.{}", path(holder), name);
    trace(diags_.report(kNoPoolHere, span, field), span, field)
        .here(missing)
        .help("write the number");
    return make(ValueKind::error, at);
  }
  allocate_numbers(*pool, at);
  const auto found = allocated_.find({holder.index, index, pool->index});
  return found != allocated_.end() ? found->second : make(ValueKind::error, at);
}

/// Whether the lock can name it: all on the way to it have names without blanks.
bool Evaluator::is_nameable(InstanceId id) const {
  for (; id.valid(); id = lab_.instances[id].owner) {
    const Symbol name = lab_.instances[id].name;
    if (!name.valid()) return false;
    const std::string_view written = text(name);
    const bool plain = !written.empty() && std::none_of(written.begin(), written.end(), [](char c) {
      return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
    });
    if (!plain) return false;
  }
  return true;
}

void Evaluator::allocate_numbers(InstanceId numbers, ExprId at) {
  if (!begins(numbers, false, at)) return;
  hand_out_numbers(numbers);
  allocations_[{numbers.index, false}].done = true;
}

Taken Evaluator::numbers_held_back(InstanceId numbers) {
  Taken taken;
  const Value reserved = named_field(numbers, "reserved");
  if (!reserved.is(ValueKind::list)) return taken;
  for (const Value& part : reserved.list->items) {
    if (part.is(ValueKind::int_range))
      taken.add(wide_of(part.range->first), wide_of(part.range->last));
  }
  return taken;
}

void Evaluator::hand_out_numbers(InstanceId numbers) {
  const Value range = named_field(numbers, "range");
  if (!range.is(ValueKind::int_range)) return;
  LeasePool pool{numbers, path(numbers), "number"};
  pool.ends = {wide_of(range.range->first), wide_of(range.range->last)};
  Taken taken = numbers_held_back(numbers);
  std::vector<PoolAsker> askers;
  for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
    const InstanceId id(i);
    if (lab_.instances[id].planned || !lab_.instances[id].settled) continue;
    for (const std::uint32_t f : leasing_fields(lab_.instances[id].kind)) {
      const types::Type& t = type(core(program_.kinds[lab_.instances[id].kind].fields[f].type));
      if (t.kind != TypeKind::lease || lab_.slot(id, f).shape != SlotShape::expression) continue;
      std::string missing;
      const auto from = pool_of(id, f, missing);
      if (!from || *from != numbers) continue;
      if (asks_for_number(id, f) == Want::automatic) {
        if (!is_nameable(id)) continue;
        askers.push_back({id, f, lab_.slot(id, f).asked.at, lab_.slot(id, f).context.env});
      } else if (const Value v = field(id, f, ExprId()); v.is(ValueKind::integer)) {
        taken.add(wide_of(v.number), wide_of(v.number));
      }
    }
  }
  hand_out(pool, std::move(taken), askers);
}

}  // namespace hlab::evaluate
