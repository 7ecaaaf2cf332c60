// Which instances there are and what gives each field its value: layers are laid over each other,
// kind by kind and the instance last, without computing anything but heads of loops.
#include <algorithm>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"

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
    : program_(program), lab_(lab), heap_(heap), sources_(sources), diags_(diags) {}

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
  lay_out(id);
  return id;
}

void Evaluator::add_defaults(KindId kind, EntryId entry) {
  if (!kind) return;
  // Those of an imported module lie over the lab's of the same kind.
  ModuleId only = program_.module_of(ast().entries[entry].span);
  if (only == program_.lab_module) only = ModuleId();
  const auto rank = [&](const Default& one) {
    return std::pair(program_.kinds[one.kind].chain.size(), one.only.valid());
  };
  const Default added{kind, entry, only};
  const auto deeper = std::find_if(defaults_.begin(), defaults_.end(),
                                   [&](const Default& known) { return rank(known) > rank(added); });
  defaults_.insert(deeper, added);
}

void Evaluator::lay_out(InstanceId id) {
  Instance& instance = lab_.instances[id];
  const KindId kind = instance.kind;
  const Kind& declared = program_.kinds[kind];
  instance.first_slot = static_cast<std::uint32_t>(lab_.slots.size());
  instance.slot_count = static_cast<std::uint32_t>(declared.fields.size());
  lab_.slots.resize(lab_.slots.size() + declared.fields.size());
  const Context context{id, nullptr};
  const ModuleId module = instance.module;
  for (const Default& one : defaults_) {
    if (one.only && one.only != module) continue;
    if (program_.is_kind(kind, one.kind)) apply_body(id, ast().entries[one.entry].body, context);
  }
  for (const KindId layer : declared.chain) {
    apply_body(id, ast().entries[program_.kinds[layer].entry].body, context);
  }
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

void Evaluator::set_again(EntryId entry, Span at, Span earlier) {
  // What is doubled plainly was told, and what is wrong may only look doubled.
  if (!has_broken_bodies && set_once_.is_here(earlier) && set_once_.is_here(at))
    set_once_.tell(entry, at, earlier);
}

void Evaluator::set_again(EntryId entry, EntryId earlier) {
  if (!earlier.valid() || ast().entries[earlier].kind == EntryKind::field) return;
  set_again(entry, ast().entries[entry].name_span, ast().entries[earlier].name_span);
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
  rounds_.push_back({env, head.variable, head.source});
  return {around.self, env};
}

void Evaluator::for_each(EntryId id, const Context& context,
                         const std::function<void(Range, const Context&)>& visit) {
  const Entry& e = ast().entries[id];
  Entered frame = enter(context);
  if (e.kind == EntryKind::loop) {
    values::Items items;
    if (!elements(value(e.value, context), items)) return;
    for (std::size_t i = 0; i < items.size(); ++i) {
      Context inner = bound(context, {e.name, e.index, e.value}, i, items[i]);
      frame.go_on(inner.env);
      if (e.message.valid() && !condition(e.message, inner)) continue;
      visit(e.body, inner);
    }
    return;
  }
  Context inner = context;
  bool hollow = false;
  const bool holds = condition(e.value, inner, &hollow);
  if (holds) visit(e.body, inner);
  if (!holds && !hollow) visit(e.else_body, context);
}

void Evaluator::apply_entry(InstanceId target, EntryId id, std::uint32_t segment,
                            const Context& context) {
  const Entry& e = ast().entries[id];
  switch (e.kind) {
    case EntryKind::field: {
      if (!e.value.valid()) return;
      const std::uint32_t index = program_.field(lab_.instances[target].kind, e.name);
      if (index == kNoField ||
          program_.kinds[lab_.instances[target].kind].fields[index].entry != id)
        return;
      note({target, index, {}, id, context.env, true});
      const TypeKind kind =
          type(core(program_.kinds[lab_.instances[target].kind].fields[index].type)).kind;
      if (kind == TypeKind::nested) return set_nested(target, index, id, 0, context);
      Slot& slot = lab_.slot(target, index);
      slot.shape = SlotShape::expression;
      slot.value = e.value;
      slot.context = context;
      slot.set_by = id;
      slot.fragments.clear();  // of a `default`, which fills only what has no value
      clear_entries(slot);
      return;
    }
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
    default: return;
  }
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
  if (t.kind == TypeKind::map) {
    const TypeKind inner = type(core(t.a)).kind;
    if (inner == TypeKind::nested || inner == TypeKind::lease) {
      return set_in_map(target, index, id, segment, context);
    }
  }
  Slot& slot = lab_.slot(target, index);
  const bool whole = last && (sets(e) || e.kind == EntryKind::unset);
  const bool part_of_whole = slot.shape == SlotShape::expression && e.kind != EntryKind::append;
  if (whole || part_of_whole) set_again(id, slot.set_by);
  slot.set_by = id;
  if (e.kind == EntryKind::unset && last) {
    slot = Slot();
    slot.set_by = id;
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
  slot.fragments.push_back({id, ExprId(), segment + 1, context});
}

InstanceId Evaluator::construct(ExprId id, InstanceId owner, Symbol owner_field, Symbol name,
                                Span span, const Context& context) {
  const KindId kind(program_.resolutions[id.index].a);
  const InstanceId made = create(kind, name, owner, owner_field, span);
  const syntax::Expr& e = ast().exprs[id];
  if (e.kind == ExprKind::refine || e.kind == ExprKind::tree) apply_body(made, e.list, context);
  return made;
}

void Evaluator::set_nested(InstanceId target, std::uint32_t index, EntryId id,
                           std::uint32_t segment, const Context& context) {
  const Entry& e = ast().entries[id];
  const Field& field = program_.kinds[lab_.instances[target].kind].fields[index];
  const bool whole = e.kind == EntryKind::field || segment + 1 == e.path.count;
  if (whole && (sets(e) || e.kind == EntryKind::unset))
    set_again(id, lab_.slot(target, index).set_by);
  lab_.slot(target, index).set_by = id;
  if (whole && e.kind == EntryKind::unset) {
    lab_.slot(target, index).shape = SlotShape::none;
    return;
  }
  if (whole && (sets(e) || e.kind == EntryKind::field)) {
    ExprId made_by = e.value;
    while (ast().exprs[made_by].kind == ExprKind::only ||
           ast().exprs[made_by].kind == ExprKind::because) {
      made_by = ExprId(ast().exprs[made_by].a);
    }
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
      slot.context = context;
    }
    return;
  }
  if (lab_.slot(target, index).shape != SlotShape::nested) {
    const InstanceId made = create(type(core(field.type)).of, field.name, target, field.name,
                                   e.name_span);
    lab_.slot(target, index).shape = SlotShape::nested;
    lab_.slot(target, index).nested = made;
  }
  const InstanceId nested = lab_.slot(target, index).nested;
  if (!whole) return apply_entry(nested, id, segment + 1, context);
  apply_entries(nested, e.body, context);
}

/// Maps whose keys are settled: of instances that the owner holds, and of leases.
void Evaluator::set_in_map(InstanceId target, std::uint32_t index, EntryId id,
                           std::uint32_t segment, const Context& context) {
  const Entry& e = ast().entries[id];
  if (segment + 1 == e.path.count && (sets(e) || e.kind == EntryKind::unset))
    set_again(id, lab_.slot(target, index).set_by);
  lab_.slot(target, index).set_by = id;
  if (segment + 1 < e.path.count) {
    lab_.slot(target, index).shape = SlotShape::entries;
    return map_entry(target, index, id, segment + 1, context);
  }
  if (e.kind == EntryKind::unset) {
    clear_entries(lab_.slot(target, index));
    return;
  }
  Range body = e.body;
  if (sets(e)) {
    if (ast().exprs[e.value].kind != ExprKind::tree) {
      Slot& slot = lab_.slot(target, index);
      slot.shape = SlotShape::expression;
      slot.value = e.value;
      slot.context = context;
      return;
    }
    clear_entries(lab_.slot(target, index));
    body = ast().exprs[e.value].list;
  }
  lab_.slot(target, index).shape = SlotShape::entries;
  const auto apply = [&](const auto& self, Range entries, const Context& inner) -> void {
    for (const EntryId entry : syntax::view(ast().entry_lists, entries)) {
      const EntryKind kind = ast().entries[entry].kind;
      if (kind == EntryKind::loop || kind == EntryKind::branch) {
        for_each(entry, inner, [&](Range body_, const Context& c) { self(self, body_, c); });
      } else if (kind == EntryKind::set || kind == EntryKind::override_ ||
                 kind == EntryKind::block || kind == EntryKind::unset) {
        map_entry(target, index, entry, 0, inner);
      }
    }
  };
  apply(apply, body, context);
}

/// A key that is computed may be one of many that are tried.
void Evaluator::unset_nothing(EntryId id) {
  const Entry& e = ast().entries[id];
  const syntax::Segment& last = ast().segments[e.path.begin + e.path.count - 1];
  if (has_broken_bodies || last.key.valid() || is_of_library(e.span)) return;
  trace(diags_.report(kUnsetNothing, last.span, sources_.text(last.span)), last.span, "");
}

void Evaluator::clear_entries(Slot& slot) {
  if (slot.entries.empty()) return;
  slot.entries.clear();
  entry_places_.erase(&slot.entries);
}

/// Where the entry of that key is, or would be added. Slots stay where they are.
std::size_t Evaluator::entry_place(const std::vector<MapEntry>& entries, MapKey key) {
  constexpr std::size_t kFew = 32;
  if (entries.size() <= kFew) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const MapEntry& x) { return x.key == key; });
    return static_cast<std::size_t>(found - entries.begin());
  }
  const auto number = [](MapKey k) {
    return (std::uint64_t{k.id} << 1) | (k.is_instance ? 1u : 0u);
  };
  auto& places = entry_places_[&entries];
  for (std::size_t i = places.size(); i < entries.size(); ++i)
    places.emplace(number(entries[i].key), i);
  const auto found = places.find(number(key));
  return found == places.end() ? entries.size() : found->second;
}

void Evaluator::map_entry(InstanceId target, std::uint32_t index, EntryId id, std::uint32_t segment,
                          const Context& context) {
  const Entry& e = ast().entries[id];
  const Field& field = program_.kinds[lab_.instances[target].kind].fields[index];
  const types::Type map = type(core(field.type));
  if (program_.segment_instances[e.path.begin + segment] == kThroughModule) ++segment;
  const std::uint32_t at = e.path.begin + segment;
  const syntax::Segment& written = ast().segments[at];
  const bool names_instance = map.b.valid() && type(map.b).kind == TypeKind::reference;
  const Entered key_of_map(frames_, {Frame::Kind::value, context.env, target});
  Value told = values::make(ValueKind::absent, ExprId());
  const MapKey key = key_of(at, context, &told);
  const bool names_none = names_instance && !key.is_instance && key != MapKey();
  if (names_none || told.is(ValueKind::error)) {
    program::Slot& slot = lab_.slot(target, index);
    slot.shape = program::SlotShape::entries;
    slot.key_missing = true;
    return;
  }
  if (key == MapKey()) return;
  const Symbol name = key.is_instance ? lab_.instances[InstanceId(key.id)].name : Symbol(key.id);
  const bool whole = segment + 1 == e.path.count;
  note({target, index, key, id, context.env, whole});
  auto& entries = lab_.slot(target, index).entries;
  auto found = entries.begin() + static_cast<std::ptrdiff_t>(entry_place(entries, key));
  if (whole && e.kind != EntryKind::block && found != entries.end())
    set_again(id, written.span, found->span);
  if (whole && e.kind == EntryKind::unset) {
    if (found == entries.end()) return unset_nothing(id);
    entries.erase(found);
    entry_places_.erase(&entries);
    return;
  }
  const bool fresh = found == entries.end();
  const std::size_t place = fresh ? entries.size()
                                  : static_cast<std::size_t>(found - entries.begin());
  if (fresh) {
    entries.emplace_back();
    entries.back().key = key;
  }
  entries[place].span = written.span;
  const TypeId item = core(map.a);
  if (type(item).kind == TypeKind::lease) {
    entries[place].value = e.value;
    entries[place].context = context;
    return;
  }
  const bool constructed = whole && sets(e) && e.value.valid() &&
                           program_.resolutions[e.value.index].kind == ResolutionKind::construct;
  if (constructed) {
    const InstanceId made = construct(e.value, target, field.name, name, written.span, context);
    lab_.instances[made].entry = id;
    lab_.slot(target, index).entries[place].nested = made;
    return;
  }
  if (whole && sets(e)) {
    entries[place].value = e.value;
    entries[place].context = context;
    entries[place].nested = InstanceId();
    return;
  }
  if (!entries[place].nested.valid()) {
    const InstanceId made = create(type(item).of, name, target, field.name, written.span);
    lab_.instances[made].entry = id;
    lab_.slot(target, index).entries[place].nested = made;
  }
  const InstanceId nested = lab_.slot(target, index).entries[place].nested;
  if (!whole) return apply_entry(nested, id, segment + 1, context);
  apply_entries(nested, e.body, context);
}

/// Required records that nobody mentions exist all the same, by their defaults.
void Evaluator::finish(InstanceId id, int depth) {
  if (lab_.instances[id].settled) return;
  lab_.instances[id].settled = true;
  const KindId kind = lab_.instances[id].kind;
  const std::size_t count = program_.kinds[kind].fields.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    const Field& field = program_.kinds[kind].fields[i];
    const types::Type& t = type(field.type);
    if (lab_.slot(id, i).shape == SlotShape::none && t.kind == TypeKind::nested) {
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
