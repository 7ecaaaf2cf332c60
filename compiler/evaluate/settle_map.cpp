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
    set_again(id, written.span, found->span, found->context.env);
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
  const bool part = !whole || !gives_value(e);
  if (part && entries[place].value.valid() && !entries[place].nested.valid() &&
      type(item).kind != TypeKind::lease)
    return part_of_computed(id, entries[place].value);
  entries[place].context = context;
  if (type(item).kind == TypeKind::lease) {
    entries[place].value = e.value;
    return;
  }
  const ExprId made_by = whole && gives_value(e) && e.value.valid() ? bare(e.value) : ExprId();
  if (made_by.valid() && program_.resolutions[made_by.index].kind == ResolutionKind::construct) {
    const InstanceId made = construct(made_by, target, field.name, name, written.span, context);
    lab_.instances[made].entry = id;
    lab_.slot(target, index).entries[place].nested = made;
    lab_.slot(target, index).entries[place].value = ExprId();
    return;
  }
  if (whole && gives_value(e)) {
    entries[place].value = e.value;
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

}  // namespace hlab::evaluate
