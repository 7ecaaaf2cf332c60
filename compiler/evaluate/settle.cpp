// Which instances there are and what gives each field its value: layers are laid over each other,
// kind by kind and the instance last, without computing anything but heads of loops.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/evaluate/broken_bodies.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/program/owners.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Entry;
using syntax::EntryKind;
using syntax::ExprKind;
using types::TypeKind;
using values::MapKey;

namespace {

/// An override sets a field as a line of the instance's own body would.
bool sets(const Entry& e) { return e.kind == EntryKind::set || e.kind == EntryKind::override_; }

}  // namespace

Evaluator::Evaluator(const Program& program, Lab& lab, values::Heap& heap, const SourceMap& sources,
                     diag::Diagnostics& diags)
    : program_(program),
      lab_(lab),
      heap_(heap),
      sources_(sources),
      diags_(diags),
      stand_alone_(program::kinds_that_stand_alone(program)),
      weights_(program, lab) {}

TypeId Evaluator::core(TypeId id) const {
  while (id.valid() && (type(id).kind == TypeKind::optional || type(id).kind == TypeKind::secret)) {
    id = type(id).a;
  }
  return id;
}

std::string Evaluator::path(InstanceId id) const { return instance_path(program_, lab_, id); }

InstanceId Evaluator::create(KindId kind, Symbol name, InstanceId owner, Symbol owner_field,
                             Span name_span) {
  const InstanceId id = lab_.instances.add();
  Instance& instance = lab_.instances[id];
  instance.kind = kind;
  instance.name = name;
  instance.owner = owner;
  instance.owner_field = owner_field;
  instance.name_span = name_span;
  instance.planned = owner.valid() && lab_.instances[owner].planned;
  if (owner.valid()) instance.module = lab_.instances[owner].module;
  instance.called = name;
  if (owner.valid()) name_by_path(id);
  if (making_ > 0) within_[id.index] = making_;
  lay_out(id);
  return id;
}

/// Of a service that a bundle holds tools speak by its path; what lies in an element of a list has none of its own.
void Evaluator::name_by_path(InstanceId id) {
  Instance& instance = lab_.instances[id];
  instance.alone = instance.owner_field.valid() && stand_alone_[instance.kind.index];
  for (InstanceId at = id; at.valid() && instance.alone; at = lab_.instances[at].owner)
    instance.alone = lab_.instances[at].name.valid();
  if (!instance.alone) return;
  instance.called = program_.symbols->intern(joined_path(program_, lab_, id));
  held_by_name_.emplace(instance.called.index, id);
}

void Evaluator::add_defaults(KindId kind, EntryId entry) {
  if (!kind) return;
  // Those of an imported module lie over the lab's of the same kind.
  ModuleId only = program_.module_of(ast().entries[entry].span);
  if (only == program_.lab_module) only = ModuleId();
  std::vector<Default>& known = defaults_[kind.index];
  const auto imported = std::find_if(known.begin(), known.end(),
                                     [](const Default& one) { return one.only.valid(); });
  known.insert(only ? known.end() : imported, {entry, only});
}

void Evaluator::lay_out(InstanceId id) {
  Instance& instance = lab_.instances[id];
  const KindId kind = instance.kind;
  const Kind& declared = program_.kinds[kind];
  instance.slots = lab_.slots.add(declared.fields.size());
  instance.slot_count = static_cast<std::uint32_t>(declared.fields.size());
  if (holds_itself(id)) return;
  const Context context{id, nullptr};
  const ModuleId module = instance.module;
  laying_out_.emplace_back(kind, module);
  for (const KindId layer : declared.chain) {
    const auto found = defaults_.find(layer.index);
    if (found == defaults_.end()) continue;
    for (const Default& one : found->second) {
      if (!one.only || one.only == module) apply_body(id, ast().entries[one.entry].body, context);
    }
  }
  for (const KindId layer : declared.chain) {
    apply_body(id, ast().entries[program_.kinds[layer].entry].body, context);
  }
  laying_out_.pop_back();
}

void Evaluator::apply_body(InstanceId target, Range entries, const Context& context) {
  if (entries.empty()) return;
  const auto ids = syntax::view(ast().entry_lists, entries);
  const Span around = set_once_.body;
  set_once_.body = join(ast().entries[ids[0]].span, ast().entries[ids[entries.count - 1]].span);
  apply_entries(target, entries, context);
  set_once_.body = around;
}

void Evaluator::apply_entries(InstanceId target, Range entries, const Context& context) {
  for (const EntryId id : syntax::view(ast().entry_lists, entries))
    apply_entry(target, id, 0, context);
}

void Evaluator::set_again(EntryId entry, Span at, Span earlier, const Env* earlier_env) {
  // What is doubled plainly was told, and what is wrong may only look doubled.
  const bool waits = has_broken_bodies && may_be_misspelt(ast(), at, diags_);
  if (!waits && set_once_.is_here(earlier) && set_once_.is_here(at))
    tell_again(entry, at, earlier, earlier_env);
}

void Evaluator::set_again(EntryId entry, const Slot& slot) {
  const EntryId earlier = slot.set_by;
  if (!earlier.valid() || ast().entries[earlier].kind == EntryKind::field) return;
  set_again(entry, ast().entries[entry].name_span, ast().entries[earlier].name_span,
            slot.context.env);
}

void Evaluator::tell_again(EntryId entry, Span at, Span earlier, const Env* earlier_env) {
  if (!set_once_.is_new(entry)) return;
  auto report = diags_.report(check::kSetTwice, at, sources_.text(at));
  if (earlier != at) report.label(earlier, "set here first");
  trace(report, at, "");
  trace_first(report, earlier_env);
  if (earlier == at)
    report.note("a later round of the loop sets it again, and nothing would be left of the first");
}

/// Inside of a `for`, at the element with this place.
Context Evaluator::bound(const Context& around, const LoopHead& head, std::size_t at,
                         const Value& item) {
  const program::Env* env = around.env;
  if (head.index.valid()) {
    env = lab_.extend(
        env, values::make_number(ValueKind::integer, static_cast<std::int64_t>(at), item.origin));
  }
  env = lab_.extend(env, item);
  lab_.rounds.add({env, head.variable, head.source, static_cast<std::uint32_t>(at) + 1});
  return {around.self, env};
}

void Evaluator::for_each(EntryId id, const Context& context,
                         const std::function<void(Range, const Context&)>& visit) {
  const Entry& e = ast().entries[id];
  Entered frame = enter(context);
  if (e.kind == EntryKind::loop) {
    values::Items items;
    if (!elements(value(e.value, context), items, e.value)) return;
    for (std::size_t i = 0; i < items.size(); ++i) {
      Context inner = bound(context, {e.name, e.index, e.value}, i, items[i]);
      frame.go_on(inner.env);
      if (e.message.valid() && !condition(e.message, inner)) continue;
      visit(e.body, inner);
    }
    return;
  }
  Context inner = context;
  Hollow hollow;
  const bool holds = condition(e.value, inner, &hollow);
  if (holds) visit(e.body, inner);
  if (!holds && !hollow) visit(e.else_body, context);
}

void Evaluator::apply_entry(InstanceId target, EntryId id, std::uint32_t segment,
                            const Context& context) {
  const Entry& e = ast().entries[id];
  switch (e.kind) {
    case EntryKind::field: return apply_default(target, id, context);
    case EntryKind::set:
    case EntryKind::override_:
    case EntryKind::append:
    case EntryKind::block:
    case EntryKind::unset: return apply_assignment(target, id, segment, context);
    case EntryKind::loop:
    case EntryKind::branch:
      for_each(id, context,
               [&](Range body, const Context& inner) { apply_entries(target, body, inner); });
      return;
    case EntryKind::moved: return note_move(target, id, context);
    case EntryKind::check: return note_check(target, id, context);
    default: return;
  }
}

void Evaluator::note_move(InstanceId target, EntryId id, const Context& context) {
  const Entry& e = ast().entries[id];
  if (e.name.valid()) return void(moves.push_back({target, id, std::string(text(e.name))}));
  const Value old = value(e.key, context);
  if (old.is(ValueKind::string)) moves.push_back({target, id, std::string(old.as_text())});
}

/// What the declaration of a field gives it.
void Evaluator::apply_default(InstanceId target, EntryId id, const Context& context) {
  const Entry& e = ast().entries[id];
  if (!e.value.valid()) return;
  const Kind& kind = program_.kinds[lab_.instances[target].kind];
  const std::uint32_t index = program_.field(lab_.instances[target].kind, e.name);
  if (index == kNoField || kind.fields[index].entry != id) return;
  note({target, index, {}, id, context.env, true});
  const types::Type& t = type(core(kind.fields[index].type));
  if (t.kind == TypeKind::nested) return set_nested(target, index, id, 0, context);
  if (keys_are_settled(t)) return set_in_map(target, index, id, 0, context);
  Slot& slot = lab_.slot(target, index);
  slot.shape = SlotShape::expression;
  slot.value = e.value;
  slot.context = context;
  slot.set_by = id;
  slot.fragments.clear();  // of a `default`, which fills only what has no value
}

void Evaluator::apply_assignment(InstanceId target, EntryId id, std::uint32_t segment,
                                 const Context& context) {
  const Entry& e = ast().entries[id];
  const Kind& kind = program_.kinds[lab_.instances[target].kind];
  const Symbol name = ast().segments[e.path.begin + segment].name;
  const std::uint32_t index = name.valid() ? program_.field(lab_.instances[target].kind, name)
                                           : kNoField;
  if (index == kNoField) return;  // reported by the checker
  const TypeId field_type = core(kind.fields[index].type);
  const types::Type& t = type(field_type);
  const bool last = segment + 1 == e.path.count;
  note({target, index, {}, id, context.env, last});
  if (t.kind == TypeKind::nested) return set_nested(target, index, id, segment, context);
  if (keys_are_settled(t)) return set_in_map(target, index, id, segment, context);
  Slot& slot = lab_.slot(target, index);
  const bool whole = last && (sets(e) || e.kind == EntryKind::unset);
  const bool part_of_whole = slot.shape == SlotShape::expression && e.kind != EntryKind::append;
  if (whole || part_of_whole) set_again(id, slot);
  slot.set_by = id;
  if (e.kind == EntryKind::unset && last) {
    slot = Slot();
    slot.set_by = id;
    slot.context = context;
    return;
  }
  if (sets(e) && last) {
    slot.shape = SlotShape::expression;
    slot.value = e.value;
    slot.context = context;
    slot.fragments.clear();
    return;
  }
  if (slot.shape == SlotShape::expression) {
    slot.fragments.push_back({EntryId(), slot.value, 0, slot.context});
  }
  slot.shape = SlotShape::fragments;
  slot.context = context;
  slot.fragments.push_back({id, ExprId(), segment + 1, context});
}

/// The expression without `only` and `because`.
ExprId Evaluator::bare(ExprId id) const {
  while (ast().exprs[id].kind == ExprKind::only || ast().exprs[id].kind == ExprKind::because)
    id = ExprId(ast().exprs[id].a);
  return id;
}

/// A record that an expression gives is settled as a whole: nothing can be laid over it.
void Evaluator::part_of_computed(EntryId id, ExprId whole) {
  if (has_broken_bodies && may_be_misspelt(ast(), ast().entries[id].span, diags_)) return;
  if (!parts_told_.insert(id.index).second) return;
  const Span at = whole.valid() ? ast().exprs[whole].span : Span();
  auto report = diags_.report(
      kPartOfComputed, ast().entries[id].name_span,
      at.valid() ? fmt::format("`{}`", sources_.text(at)) : "an expression");
  if (at.valid()) report.label(at, "the whole is computed here");
  report.help(
      "set the whole here too, with `=`; or write its parts where it is computed, each with its own "
      "value");
}

InstanceId Evaluator::construct(ExprId id, InstanceId owner, Symbol owner_field, Symbol name,
                                Span span, const Context& context) {
  const KindId kind(program_.resolutions[id.index].a);
  const std::uint16_t around = making_;
  if (!running_.empty()) making_ = static_cast<std::uint16_t>(within(running_.back().instance) + 1);
  const InstanceId made = create(kind, name, owner, owner_field, span);
  const syntax::Expr& e = ast().exprs[id];
  if (e.kind == ExprKind::refine || e.kind == ExprKind::tree) apply_body(made, e.list, context);
  making_ = around;
  return made;
}

void Evaluator::set_nested(InstanceId target, std::uint32_t index, EntryId id,
                           std::uint32_t segment, const Context& context) {
  const Entry& e = ast().entries[id];
  const Field& field = program_.kinds[lab_.instances[target].kind].fields[index];
  const bool whole = e.kind == EntryKind::field || segment + 1 == e.path.count;
  if (whole && (sets(e) || e.kind == EntryKind::unset)) set_again(id, lab_.slot(target, index));
  lab_.slot(target, index).set_by = id;
  if (whole && e.kind == EntryKind::unset) {
    lab_.slot(target, index).shape = SlotShape::none;
    lab_.slot(target, index).context = context;
    return;
  }
  if (whole && (sets(e) || e.kind == EntryKind::field)) {
    const ExprId made_by = bare(e.value);
    if (program_.resolutions[made_by.index].kind == ResolutionKind::construct) {
      const InstanceId made = construct(made_by, target, field.name, field.name, e.name_span,
                                        context);
      lab_.instances[made].entry = id;
      Slot& slot = lab_.slot(target, index);
      slot.shape = SlotShape::nested;
      slot.nested = made;
    } else {
      Slot& slot = lab_.slot(target, index);
      slot.shape = SlotShape::expression;
      slot.value = e.value;
    }
    lab_.slot(target, index).context = context;
    return;
  }
  if (lab_.slot(target, index).shape == SlotShape::expression)
    return part_of_computed(id, lab_.slot(target, index).value);
  if (lab_.slot(target, index).shape != SlotShape::nested) {
    const InstanceId made = create(type(core(field.type)).of, field.name, target, field.name,
                                   e.name_span);
    lab_.slot(target, index).shape = SlotShape::nested;
    lab_.slot(target, index).nested = made;
  }
  lab_.slot(target, index).context = context;
  const InstanceId nested = lab_.slot(target, index).nested;
  if (!whole) return apply_entry(nested, id, segment + 1, context);
  apply_entries(nested, e.body, context);
}

/// Required records that nobody mentions exist all the same, by their defaults.
void Evaluator::finish(InstanceId id, int depth) {
  if (lab_.instances[id].settled) return;
  lab_.instances[id].settled = true;
  const KindId kind = lab_.instances[id].kind;
  if (!endless_kinds.empty() && endless_kinds[kind.index]) {
    has_broken_bodies = true;  // nobody misses what is not made
    return;
  }
  const std::size_t count = program_.kinds[kind].fields.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    const Field& field = program_.kinds[kind].fields[i];
    const types::Type& t = type(field.type);
    const EntryId by = lab_.slot(id, i).set_by;
    const bool taken_away = by.valid() && ast().entries[by].kind == EntryKind::unset;
    if (lab_.slot(id, i).shape == SlotShape::none && t.kind == TypeKind::nested && !taken_away) {
      if (depth > 16) {
        diags_
            .report(kKindContainsItself, lab_.instances[id].name_span,
                    text(program_.kinds[kind].name))
            .label(ast().entries[field.entry].name_span, "it holds one here")
            .help("make the field optional, or a reference: `&" +
                  std::string(text(program_.kinds[t.of].name)) + "`");
        has_broken_bodies = true;  // nobody misses what is not made
        return;
      }
      const InstanceId made = create(t.of, field.name, id, field.name,
                                     lab_.instances[id].name_span);
      lab_.slot(id, i).shape = SlotShape::nested;
      lab_.slot(id, i).nested = made;
    }
    if (lab_.slot(id, i).shape == SlotShape::nested) finish(lab_.slot(id, i).nested, depth + 1);
    for (std::size_t k = 0; k < lab_.slot(id, i).entries.size(); ++k) {
      const InstanceId nested = lab_.slot(id, i).entries[k].nested;
      if (nested.valid()) finish(nested, depth + 1);
    }
  }
}

void Evaluator::index(InstanceId id) {
  const Instance& instance = lab_.instances[id];
  if (instance.planned) return;
  for (const KindId kind : program_.kinds[instance.kind].chain)
    lab_.by_kind[kind.index].push_back(id);
  for (std::uint32_t i = 0; i < instance.slot_count; ++i) {
    const Slot& slot = lab_.slot(id, i);
    if (slot.shape == SlotShape::nested) index(slot.nested);
    if (slot.shape != SlotShape::entries) continue;
    for (const MapEntry& entry : slot.entries) {
      if (entry.nested.valid()) index(entry.nested);
    }
  }
  const auto [first, last] = lab_.claims_of.equal_range(id.index);
  for (auto it = first; it != last; ++it) index(lab_.claims[it->second].made);
}

void Evaluator::index_instances() {
  lab_.by_kind.assign(program_.kinds.size(), {});
  alls_.clear();
  const std::size_t count = lab_.instances.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!lab_.instances[InstanceId(i)].owner.valid()) index(InstanceId(i));
  }
}

const std::vector<InstanceId>& Evaluator::instances_of(KindId kind) const {
  static const std::vector<InstanceId> kEmpty;
  return kind.valid() && kind.index < lab_.by_kind.size() ? lab_.by_kind[kind.index] : kEmpty;
}

}  // namespace hlab::evaluate
