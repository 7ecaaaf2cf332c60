#include "compiler/evaluate/tree_builder.h"

#include <algorithm>
#include <utility>

namespace hlab::evaluate {

using syntax::Entry;
using syntax::EntryKind;
using values::MapKey;

void TreeBuilder::spoil(const Value& v) {
  if (v.is(ValueKind::error) || spoiled_.is(ValueKind::absent)) spoiled_ = v;
}

values::MapItem* TreeBuilder::find_item(values::Map& map, MapKey key) {
  constexpr std::size_t kFew = 32;
  if (map.items.size() <= kFew) {
    for (values::MapItem& item : map.items) {
      if (item.key == key) return &item;
    }
    return nullptr;
  }
  Made::Places& places = made_->places[&map];
  for (; places.seen < map.items.size(); ++places.seen) {
    const MapKey here = map.items[places.seen].key;
    if (here != MapKey()) places.of_key.emplace(number_of(here), places.seen);
  }
  const auto found = places.of_key.find(number_of(key));
  return found == places.of_key.end() ? nullptr : &map.items[found->second];
}

Value* TreeBuilder::find(values::Map& map, MapKey key) {
  values::MapItem* item = find_item(map, key);
  return item == nullptr ? nullptr : &item->value;
}

/// Leaves a gap, so that the places of all behind it stay what they are.
void TreeBuilder::take_away(values::Map& map, MapKey key) {
  values::MapItem* item = find_item(map, key);
  if (item == nullptr) return;
  *item = {MapKey(), values::make(ValueKind::absent, ExprId())};
  made_->places[&map].of_key.erase(number_of(key));
  made_->gaps.insert(&map);
}

void TreeBuilder::close() {
  for (values::Map* map : made_->gaps)
    std::erase_if(map->items, [](const values::MapItem& item) { return item.key == MapKey(); });
}

std::uint64_t TreeBuilder::number_of(MapKey key) {
  return (std::uint64_t{key.id} << 1) | (key.is_instance ? 1u : 0u);
}

void TreeBuilder::keep_notes(const values::Map& from, const values::Map& to) {
  if (evaluator_.workings == nullptr) return;
  auto& rounds = evaluator_.workings->entries;
  for (const values::MapItem& item : from.items) {
    const auto known = rounds.find({&from, item.key.is_instance, item.key.id});
    if (known != rounds.end()) rounds[{&to, item.key.is_instance, item.key.id}] = known->second;
  }
}

/// The map under `key`; a copy, where what stands there belongs to somebody else.
values::Map& TreeBuilder::inner_map(values::Map& map, MapKey key, ExprId origin,
                                    std::size_t expected) {
  Value* known = find(map, key);
  if (known != nullptr && known->is(ValueKind::map)) {
    const auto own = made_->maps.find(known->map);
    if (own != made_->maps.end()) {
      known->origin = origin;
      return *own->second;
    }
  }
  values::Map* fresh = evaluator_.heap_.map(expected);
  made_->maps.emplace(fresh, fresh);
  if (known != nullptr && known->is(ValueKind::map)) {
    fresh->items = known->map->items;
    keep_notes(*known->map, *fresh);
  }
  overlaps_ = overlaps_ || (known != nullptr && !known->is(ValueKind::map));
  Value v = values::make(ValueKind::map, origin);
  v.map = fresh;
  if (known != nullptr) {
    *known = v;
  } else {
    map.items.push_back({key, v});
  }
  return *fresh;
}

/// None where there is nothing to set: a key without a value, or an instance that a site goes without.
MapKey TreeBuilder::key_of(std::uint32_t at, const Context& context) {
  Value told = values::make(ValueKind::absent, ExprId());
  const MapKey key = evaluator_.key_of(at, context, &told);
  if (!told.is(ValueKind::absent)) spoil(told);
  return key;
}

void TreeBuilder::body(Range entries, const Context& context) {
  for (const EntryId id : syntax::view(evaluator_.ast().entry_lists, entries))
    entry(id, 0, context);
}

void TreeBuilder::entry(EntryId id, std::uint32_t segment, const Context& context) {
  const Entry& e = evaluator_.ast().entries[id];
  switch (e.kind) {
    case EntryKind::spread: {
      const PieceTrail::Behind step(trail_, program::Piece::Step{id, 0, context.env});
      return spread(e.value, context);
    }
    case EntryKind::loop: {
      const Value source = evaluator_.value(e.value, context);
      if (source.is(ValueKind::error) || source.is(ValueKind::unlearned)) return spoil(source);
      values::Items items;
      if (!evaluator_.elements(source, items, e.value) && !source.hollow())
        return spoil(values::make(ValueKind::error, e.value));
      Entered round(evaluator_.frames_, {Frame::Kind::list});
      for (std::size_t i = 0; i < items.size(); ++i) {
        Context inner = evaluator_.bound(context, {e.name, e.index, e.value}, i, items[i]);
        round.go_on(inner.env);
        if (!e.message.valid() || evaluator_.condition(e.message, inner)) body(e.body, inner);
      }
      return;
    }
    case EntryKind::branch: {
      Context inner = context;
      Hollow hollow;
      const bool holds = evaluator_.condition(e.value, inner, &hollow);
      if (holds) return body(e.body, inner);
      if (!hollow) return body(e.else_body, context);
      // Nobody knows which entries there are.
      if (!hollow->is(ValueKind::absent)) spoil(values::spread_hollow(*hollow, e.value));
      return;
    }
    case EntryKind::set:
    case EntryKind::override_:
    case EntryKind::append:
    case EntryKind::block:
    case EntryKind::unset: {
      const PieceTrail::Behind step(trail_, program::Piece::Step{id, 0, context.env});
      path_ = above_;
      return put(map_, type_, id, segment, context);
    }
    default: return;
  }
}

namespace {
std::uint64_t mix(std::uint64_t h, std::uint64_t v) {
  h ^= v + 0x9e3779b97f4a7c15ull + (h << 6) + (h >> 2);
  return h * 0xff51afd7ed558ccdull;
}
}  // namespace

/// On the way to what the entry sets.
void TreeBuilder::note_part(EntryId id, std::uint32_t segment) {
  if (watched_ == nullptr) return;
  const syntax::Ast& ast = evaluator_.ast();
  const program::Env* env = evaluator_.frames_.back().env;
  const Span at = ast.segments[ast.entries[id].path.begin + segment].span;
  const auto* known = watched_->part(path_, {SetPlaces::body_of(ast, at), at, false, env});
  if (known != nullptr) evaluator_.tell_again(id, at, known->at, known->env);
}

void TreeBuilder::note_whole(EntryId id) {
  if (watched_ == nullptr) return;
  const syntax::Ast& ast = evaluator_.ast();
  const Entry& e = ast.entries[id];
  const bool adds = e.kind == EntryKind::append;  // nothing is lost
  const SetPlaces::Place place{SetPlaces::body_of(ast, e.name_span), e.name_span, !adds,
                               evaluator_.frames_.back().env};
  if (adds) return void(watched_->part(path_, place));
  const auto* known = watched_->whole(path_, place);
  if (known != nullptr) evaluator_.tell_again(id, e.name_span, known->at, known->env);
}

void TreeBuilder::note_piece(program::Piece::Does does) {
  if (trail_ != nullptr) trail_->note(does);
}

/// Of the entries; none where no shape is asked for.
TypeId TreeBuilder::item_type(TypeId map) const {
  const bool known = map.valid() && evaluator_.type(map).kind == types::TypeKind::map;
  return known ? evaluator_.core(evaluator_.type(map).a) : TypeId();
}

void TreeBuilder::set(values::Map& map, MapKey key, const Value& v) {
  Value* known = find(map, key);
  overlaps_ = overlaps_ || known != nullptr;
  if (known != nullptr) {
    *known = v;
  } else {
    map.items.push_back({key, v});
  }
  evaluator_.note_entry(map, key);
}

/// A record in the map: pieces are laid over it as the layers of a field are.
void TreeBuilder::put_record(values::Map& map, TypeId record, MapKey key, EntryId id,
                             std::uint32_t segment, const Context& context) {
  const Entry& e = evaluator_.ast().entries[id];
  const bool whole = segment + 1 == e.path.count;
  if (records_ == nullptr)
    return whole && e.kind != EntryKind::block ? note_whole(id) : note_part(id, segment);
  Value* known = find(map, key);
  const bool set_here = whole && e.kind != EntryKind::block;
  note_piece(set_here ? program::Piece::Does::sets : program::Piece::Does::adds);
  overlaps_ = overlaps_ || (set_here && known != nullptr);
  InstanceId made;
  if (set_here) {
    const ExprId made_by = evaluator_.bare(e.value);
    const auto& how = evaluator_.program_.resolutions[made_by.index];
    if (how.kind != program::ResolutionKind::construct) {
      const Value v = evaluator_.value(e.value, context);
      if (v.is(ValueKind::error)) return spoil(v);
      if (v.is(ValueKind::absent))
        return evaluator_.named_keys_.left_out(evaluator_.ast(), e.value);
      return set(map, key, v);
    }
    if (evaluator_.makes_itself(made_by)) return spoil(values::make(ValueKind::error, made_by));
    made = evaluator_.construct(made_by, context.self, Symbol(), Symbol(), e.name_span, context);
  } else if (known == nullptr) {
    made = evaluator_.create(evaluator_.type(record).of, Symbol(), context.self, Symbol(),
                             e.name_span);
  }
  if (made.valid()) {
    records_->made.push_back(made);
    set(map, key, values::make_instance(made, e.value));
  }
  if (set_here) return;
  const InstanceId target = made.valid() ? made : known->as_instance();
  if (std::find(records_->made.begin(), records_->made.end(), target) == records_->made.end())
    return evaluator_.part_of_computed(id, known->origin);
  if (!whole) return evaluator_.apply_entry(target, id, segment + 1, context);
  evaluator_.apply_entries(target, e.body, context);
}

void TreeBuilder::put(values::Map& map, TypeId type, EntryId id, std::uint32_t segment,
                      const Context& context) {
  const Entry& e = evaluator_.ast().entries[id];
  if (segment == e.path.count) {  // a block of the whole, or the block of an entry
    TreeBuilder inner(evaluator_, map, type, records_);
    inner.made_ = made_;
    inner.watched_ = watched_;
    inner.above_ = path_;
    inner.trail_ = trail_;
    if (trail_ != nullptr) trail_->enter_body();
    inner.body(e.body, context);
    overlaps_ = overlaps_ || inner.overlaps_;
    if (!inner.spoiled_.is(ValueKind::absent)) spoil(inner.spoiled_);
    return;
  }
  if (evaluator_.program_.segment_instances[e.path.begin + segment] == program::kThroughModule)
    ++segment;
  const MapKey key = key_of(e.path.begin + segment, context);
  if (key == MapKey()) return;
  const Span written = evaluator_.ast().segments[e.path.begin + segment].span;
  if (e.kind != EntryKind::unset && key.is_instance &&
      evaluator_.needs_planned(written, program::InstanceId(key.id), context))
    return spoil(values::make(ValueKind::error, ExprId()));
  path_ = mix(path_, number_of(key));
  const PieceTrail::Behind behind(trail_, key);
  const bool last = segment + 1 == e.path.count;
  const TypeId item = item_type(type);
  if (item.valid() && evaluator_.type(item).kind == types::TypeKind::nested &&
      !(last && e.kind == EntryKind::unset))
    return put_record(map, item, key, id, segment, context);
  if (!last || e.kind == EntryKind::block) {
    note_part(id, segment);
    return put_inside(map, key, item, id, segment, context);
  }
  if (e.kind == EntryKind::unset) {
    note_whole(id);
    note_piece(program::Piece::Does::takes_away);
    const bool is_there = find(map, key) != nullptr;
    if (!is_there) evaluator_.unset_nothing(id);
    overlaps_ = overlaps_ || is_there;
    return take_away(map, key);
  }
  const Value v = evaluator_.value(e.value, context);
  if (v.is(ValueKind::error)) return spoil(v);
  // What is absent is not emitted.
  if (v.is(ValueKind::absent)) return evaluator_.named_keys_.left_out(evaluator_.ast(), e.value);
  note_whole(id);
  note_piece(e.kind == EntryKind::append ? program::Piece::Does::adds : program::Piece::Does::sets);
  if (e.kind == EntryKind::append && !v.is(ValueKind::unlearned))
    return append(map, key, v, e.value);
  set(map, key, v);
}

/// Into the map that stands there. Where nobody knows which entries that gets, it waits, and what is beside it does not.
void TreeBuilder::put_inside(values::Map& map, MapKey key, TypeId item, EntryId id,
                             std::uint32_t segment, const Context& context) {
  const Entry& e = evaluator_.ast().entries[id];
  const Value* there = find(map, key);
  if (there != nullptr && there->is(ValueKind::unlearned)) return;
  const std::size_t expected = segment + 1 == e.path.count ? e.body.count : 1;
  const Value before = std::exchange(spoiled_, Value());
  put(inner_map(map, key, e.value, expected), item, id, segment + 1, context);
  const Value inside = std::exchange(spoiled_, before);
  if (inside.is(ValueKind::unlearned)) return set(map, key, inside);
  if (!inside.is(ValueKind::absent)) spoil(inside);
}

void TreeBuilder::append(values::Map& map, MapKey key, const Value& more, ExprId at) {
  const Value* known = find(map, key);
  if (known != nullptr && known->is(ValueKind::unlearned)) return;
  if (!more.is(ValueKind::list) && !more.is(ValueKind::int_range))
    return spoil(evaluator_.failed(
        at, "`+=` appends the elements of a list: one element stands in brackets, `+= [...]`"));
  if (known != nullptr && !known->is(ValueKind::list))
    return spoil(evaluator_.failed(at, "`+=` appends, and what stands there is no list"));
  const std::size_t before = known != nullptr ? known->list->items.size() : 0;
  const auto told = evaluator_.too_long(before + Evaluator::element_count(more), at);
  if (told) return spoil(*told);
  values::List& joined = own_list(known);
  evaluator_.elements(more, joined.items, at);
  Value v = values::make(ValueKind::list, more.origin);
  v.list = &joined;
  const bool overlapped = overlaps_;  // nothing is lost
  set(map, key, v);
  overlaps_ = overlapped;
}

/// The list that stands there; a copy, where it belongs to somebody else.
values::List& TreeBuilder::own_list(const Value* known) {
  if (known != nullptr) {
    const auto own = made_->lists.find(known->list);
    if (own != made_->lists.end()) return *own->second;
  }
  values::List* fresh = evaluator_.heap_.list();
  if (known != nullptr) fresh->items = known->list->items;
  made_->lists.emplace(fresh, fresh);
  return *fresh;
}

/// What a layer below gave as a whole. Records that it writes can be refined.
void TreeBuilder::whole(ExprId id, const Context& context) {
  note_piece(program::Piece::Does::sets);
  const ExprId written = evaluator_.bare(id);
  const auto& how = evaluator_.program_.resolutions[written.index];
  if (how.kind == program::ResolutionKind::shaped)
    return body(evaluator_.ast().exprs[written].list, context);
  merge(evaluator_.value(id, context));
}

/// A record gives its fields. What has no entries is told: a tree alone may come out as one.
void TreeBuilder::spread(ExprId given, const Context& context) {
  const Value v = evaluator_.plain(evaluator_.value(given, context), given);
  if (!v.is(ValueKind::map) && !v.hollow())
    return spoil(
        evaluator_.failed(given, "`...` puts entries here, and this is none of what has them"));
  merge(v);
  if (trail_ == nullptr || !v.is(ValueKind::map)) return;
  for (const values::MapItem& item : v.map->items) {
    const PieceTrail::Behind behind(trail_, item.key);
    note_piece(program::Piece::Does::sets);
  }
}

void TreeBuilder::merge(const Value& whole) {
  if (whole.is(ValueKind::error) || whole.is(ValueKind::unlearned)) return spoil(whole);
  if (!whole.is(ValueKind::map)) return;
  for (const values::MapItem& item : whole.map->items) {
    Value* known = find(map_, item.key);
    if (known == nullptr) {
      map_.items.push_back(item);
    } else {
      *known = item.value;
    }
  }
}

}  // namespace hlab::evaluate
