// Maps whose keys are settled with the instances: of what an instance holds, and of leases.
#include <algorithm>

#include "compiler/check/check_diags.h"
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

constexpr std::string_view kKeysFirst = "in a map whose entries are known before values are";

bool gives_value(const Entry& e) {
  return e.kind == EntryKind::set || e.kind == EntryKind::override_ || e.kind == EntryKind::field;
}

}  // namespace

bool Evaluator::keys_are_settled(const types::Type& map) const {
  if (map.kind != TypeKind::map) return false;
  const TypeKind inner = type(core(map.a)).kind;
  return inner == TypeKind::nested || inner == TypeKind::lease;
}

void Evaluator::set_in_map(InstanceId target, std::uint32_t index, EntryId id,
                           std::uint32_t segment, const Context& context) {
  const Entry& e = ast().entries[id];
  Slot& slot = lab_.slot(target, index);
  const bool whole = e.kind == EntryKind::field || segment + 1 == e.path.count;
  const bool replaces = whole && (gives_value(e) || e.kind == EntryKind::unset);
  if (replaces && e.kind != EntryKind::field) set_again(id, slot);
  if (!replaces && slot.shape == SlotShape::expression) return part_of_computed(id, slot.value);
  slot.set_by = id;
  slot.context = context;
  if (replaces) clear_entries(slot);
  slot.shape = SlotShape::entries;
  if (!whole) return map_entry(target, index, id, segment + 1, context);
  if (e.kind == EntryKind::unset) return;
  Range body = e.body;
  if (gives_value(e)) {
    const ExprId written = bare(e.value);
    if (ast().exprs[written].kind != ExprKind::tree) {
      slot.shape = SlotShape::expression;
      slot.value = e.value;
      slot.context = context;
      return;
    }
    body = ast().exprs[written].list;
  }
  const auto apply = [&](const auto& self, Range entries, const Context& inner) -> void {
    for (const EntryId entry : syntax::view(ast().entry_lists, entries)) {
      const EntryKind kind = ast().entries[entry].kind;
      if (kind == EntryKind::loop || kind == EntryKind::branch) {
        for_each(entry, inner, [&](Range body_, const Context& c) { self(self, body_, c); });
      } else if (kind == EntryKind::spread) {
        if (parts_told_.insert(entry.index).second)
          diags_.report(check::kMisplaced, ast().entries[entry].span, "`...`", kKeysFirst)
              .help("write the entries one by one; a `for` makes several");
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
  if (program_.segment_instances[e.path.begin + segment] == kThroughModule) ++segment;
  const std::uint32_t at = e.path.begin + segment;
  const Entered in_map(frames_, {Frame::Kind::value, context.env, target});
  const auto key = key_of_entry(target, index, at, context);
  if (!key) return;
  const bool whole = segment + 1 == e.path.count;
  note({target, index, *key, id, context.env, whole});
  auto& entries = lab_.slot(target, index).entries;
  const std::size_t place = entry_place(entries, *key);
  const bool known = place < entries.size();
  const Span written = ast().segments[at].span;
  const bool sets = e.kind != EntryKind::unset;
  if (sets && key->is_instance && needs_planned(written, InstanceId(key->id), context)) {
    lab_.slot(target, index).shape = SlotShape::entries;
    lab_.slot(target, index).key_missing = true;
    return;
  }
  if (known && whole && e.kind != EntryKind::block)
    set_again(id, written, entries[place].span, entries[place].context.env);
  if (whole && e.kind == EntryKind::unset) {
    if (!known) return unset_nothing(id);
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(place));
    entry_places_.erase(&entries);
    return;
  }
  if (!known) entries.emplace_back().key = *key;
  entries[place].span = written;
  set_entry({target, index, place}, id, segment, context);
}

/// None where there is no entry to be: what is wrong with the key was told.
std::optional<MapKey> Evaluator::key_of_entry(InstanceId target, std::uint32_t index,
                                              std::uint32_t segment, const Context& context) {
  const Field& field = program_.kinds[lab_.instances[target].kind].fields[index];
  const types::Type map = type(core(field.type));
  const bool names_instance = map.b.valid() && type(map.b).kind == TypeKind::reference;
  Value told = values::make(ValueKind::absent, ExprId());
  const MapKey key = key_of(segment, context, &told);
  const bool names_none = names_instance && !key.is_instance && key != MapKey();
  if (names_none || told.is(ValueKind::error)) {
    Slot& slot = lab_.slot(target, index);
    slot.shape = SlotShape::entries;
    slot.key_missing = true;
    return std::nullopt;
  }
  return key == MapKey() ? std::nullopt : std::optional(key);
}

/// Lays the entry over what is there under its key.
void Evaluator::set_entry(const EntryPlace& place, EntryId id, std::uint32_t segment,
                          const Context& context) {
  const Entry& e = ast().entries[id];
  const Field& field = program_.kinds[lab_.instances[place.target].kind].fields[place.field];
  const TypeId item = core(type(core(field.type)).a);
  const bool whole = segment + 1 == e.path.count;
  const bool gives = whole && gives_value(e);
  const bool leased = type(item).kind == TypeKind::lease;
  MapEntry& entry = entry_at(place);
  if (!gives && !leased && entry.value.valid() && !entry.nested.valid())
    return part_of_computed(id, entry.value);
  entry.context = context;
  if (leased) {
    entry.value = e.value;
    return;
  }
  if (gives) return set_entry_value(place, id, context);
  if (!entry.nested.valid()) {
    const InstanceId made = create(type(item).of, name_of(entry.key), place.target, field.name,
                                   entry.span);
    lab_.instances[made].entry = id;
    entry_at(place).nested = made;
  }
  const InstanceId nested = entry_at(place).nested;
  if (!whole) return apply_entry(nested, id, segment + 1, context);
  apply_entries(nested, e.body, context);
}

/// `key = kind { ... }` makes an instance; any other value is computed later.
void Evaluator::set_entry_value(const EntryPlace& place, EntryId id, const Context& context) {
  const ExprId value = ast().entries[id].value;
  const ExprId made_by = value.valid() ? bare(value) : ExprId();
  MapEntry& entry = entry_at(place);
  if (!made_by.valid() || program_.resolutions[made_by.index].kind != ResolutionKind::construct) {
    entry.value = value;
    entry.nested = InstanceId();
    return;
  }
  const Field& field = program_.kinds[lab_.instances[place.target].kind].fields[place.field];
  const InstanceId made = construct(made_by, place.target, field.name, name_of(entry.key),
                                    entry.span, context);
  lab_.instances[made].entry = id;
  entry_at(place).nested = made;
  entry_at(place).value = ExprId();
}

MapEntry& Evaluator::entry_at(const EntryPlace& place) {
  return lab_.slot(place.target, place.field).entries[place.entry];
}

Symbol Evaluator::name_of(MapKey key) const {
  return key.is_instance ? lab_.instances[InstanceId(key.id)].called : Symbol(key.id);
}

}  // namespace hlab::evaluate
