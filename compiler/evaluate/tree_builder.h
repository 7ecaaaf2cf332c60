// Builds maps, trees and appended lists out of the pieces that the layers wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/evaluate/evaluator.h"
#include "compiler/evaluate/piece_trail.h"

namespace hlab::evaluate {

/// What a builder made in places of records: its pieces may still be laid over these.
struct RecordsInTree {
  std::vector<InstanceId> made;
};

class TreeBuilder {
 public:
  /// `type` is that of the map, where its place asks for one; where `records` is none, none are made.
  TreeBuilder(Evaluator& evaluator, values::Map& map, TypeId type, RecordsInTree* records)
      : evaluator_(evaluator), map_(map), type_(type), records_(records) {}
  TreeBuilder(const TreeBuilder&) = delete;
  TreeBuilder& operator=(const TreeBuilder&) = delete;

  /// A value that spoils the whole (an error, or unlearned where it is not known which entries there are), or absent
  /// when all went well.
  [[nodiscard]] const Value& spoiled() const { return spoiled_; }
  void entry(EntryId id, std::uint32_t segment, const Context& context);
  void body(Range entries, const Context& context);
  void whole(ExprId whole, const Context& context);
  /// Closes the gaps that `unset` left. Nothing is put any more.
  void close();
  /// Whether an entry was laid over another one: a body may have set a place twice.
  [[nodiscard]] bool overlaps() const { return overlaps_; }
  /// Tells what one body sets twice while it builds.
  void watch(SetPlaces& places) { watched_ = &places; }
  /// Notes what each entry sets.
  void follow(PieceTrail& trail) { trail_ = &trail; }

 private:
  void put(values::Map& map, TypeId type, EntryId id, std::uint32_t segment,
           const Context& context);
  void put_inside(values::Map& map, values::MapKey key, TypeId item, EntryId id,
                  std::uint32_t segment, const Context& context);
  [[nodiscard]] TypeId item_type(TypeId map) const;
  void put_record(values::Map& map, TypeId record, values::MapKey key, EntryId id,
                  std::uint32_t segment, const Context& context);
  void set(values::Map& map, values::MapKey key, const Value& v);
  void spread(ExprId given, const Context& context);
  void merge(const Value& whole);
  values::MapKey key_of(std::uint32_t segment, const Context& context);
  Value* find(values::Map& map, values::MapKey key);
  values::MapItem* find_item(values::Map& map, values::MapKey key);
  void take_away(values::Map& map, values::MapKey key);
  static std::uint64_t number_of(values::MapKey key);
  /// In which rounds the entries of a map were made, for its copy.
  void keep_notes(const values::Map& from, const values::Map& to);
  values::Map& inner_map(values::Map& map, values::MapKey key, ExprId origin, std::size_t expected);
  values::List& own_list(const Value* known);
  void append(values::Map& map, values::MapKey key, const Value& more, ExprId at);
  void spoil(const Value& v);
  void note_part(EntryId id, std::uint32_t segment);
  void note_whole(EntryId id);
  void note_piece(program::Piece::Does does);

  Evaluator& evaluator_;
  values::Map& map_;
  TypeId type_;
  RecordsInTree* records_;
  /// What this build has made itself: it may be changed where it lies.
  struct Made {
    std::unordered_map<const values::Map*, values::Map*> maps;
    std::unordered_map<const values::List*, values::List*> lists;
    struct Places {
      std::unordered_map<std::uint64_t, std::size_t> of_key;
      std::size_t seen = 0;  // items, from the first
    };
    std::unordered_map<const values::Map*, Places> places;  // of maps that are not small
    std::unordered_set<values::Map*> gaps;                  // maps with items that were taken away
  };
  Made made_here_;
  Made* made_ = &made_here_;  // of the outermost builder
  Value spoiled_;
  bool overlaps_ = false;
  SetPlaces* watched_ = nullptr;
  PieceTrail* trail_ = nullptr;
  std::uint64_t above_ = 1;  // the keys that lead here
  std::uint64_t path_ = 1;   // and those of the entry that is put
};

}  // namespace hlab::evaluate
