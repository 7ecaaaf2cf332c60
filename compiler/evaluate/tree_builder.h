// Builds maps, trees and appended lists out of the pieces that the layers wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

class TreeBuilder {
 public:
  TreeBuilder(Evaluator& evaluator, values::Map& map) : evaluator_(evaluator), map_(map) {}

  /// A value that spoils the whole (error, unlearned), or absent when all went well.
  [[nodiscard]] const Value& spoiled() const { return spoiled_; }
  void entry(EntryId id, std::uint32_t segment, const Context& context);
  void body(Range entries, const Context& context);
  void merge(const Value& whole);
  /// Whether an entry was laid over another one: a body may have set a place twice.
  [[nodiscard]] bool overlaps() const { return overlaps_; }
  /// Tells what one body sets twice while it builds.
  void watch(SetPlaces& places) { watched_ = &places; }

 private:
  void put(values::Map& map, EntryId id, std::uint32_t segment, const Context& context);
  values::MapKey key_of(std::uint32_t segment, const Context& context);
  Value* find(values::Map& map, values::MapKey key);
  static std::uint64_t number_of(values::MapKey key);
  values::Map& inner_map(values::Map& map, values::MapKey key, ExprId origin, std::size_t expected);
  void append(values::Map& map, values::MapKey key, const Value& more);
  void spoil(const Value& v);
  void note_part(EntryId id, std::uint32_t segment);
  void note_whole(EntryId id);

  Evaluator& evaluator_;
  values::Map& map_;
  std::unordered_map<std::uint64_t, std::size_t> places_;  // of the keys of a map that is not small
  std::size_t indexed_ = 0;                                // how many of its entries they know
  Value spoiled_;
  bool overlaps_ = false;
  SetPlaces* watched_ = nullptr;
  std::uint64_t above_ = 1;  // the keys that lead here
  std::uint64_t path_ = 1;   // and those of the entry that is put
};

}  // namespace hlab::evaluate
