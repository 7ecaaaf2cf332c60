#include "compiler/evaluate/set_once.h"

#include <algorithm>

namespace hlab::evaluate {

std::size_t SetPlaces::body_of(const syntax::Ast& ast, Span at) {
  for (const syntax::FileRoot& file : ast.files) {
    if (file.file != at.file) continue;
    const auto entries = syntax::view(ast.entry_lists, file.body);
    const auto behind = std::partition_point(
        entries.begin(), entries.end(),
        [&](syntax::EntryId id) { return ast.entries[id].span.begin <= at.begin; });
    return behind == entries.begin() ? 0 : std::size_t{(behind - 1)->index} + 1;
  }
  return 0;
}

const SetPlaces::Place* SetPlaces::part(std::uint64_t path, const Place& place) {
  const auto [known, added] = places_.emplace(path, place);
  if (added) return nullptr;
  if (known->second.body == place.body) return known->second.whole ? &known->second : nullptr;
  known->second = place;
  return nullptr;
}

const SetPlaces::Place* SetPlaces::whole(std::uint64_t path, const Place& place) {
  const auto [known, added] = places_.emplace(path, place);
  if (added) return nullptr;
  if (known->second.body == place.body) return &known->second;
  known->second = place;
  return nullptr;
}

}  // namespace hlab::evaluate
