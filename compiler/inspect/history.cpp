#include "compiler/inspect/history.h"

#include <algorithm>
#include <utility>

namespace hlab::inspect {

using program::InstanceId;
using program::Piece;
using program::Setting;

namespace {

using Place = std::pair<std::uint32_t, std::uint32_t>;

template <typename Note>
Place place_of(const Note* note) {
  return {note->instance.index, note->field};
}

template <typename Note>
std::vector<const Note*> by_place(const std::vector<Note>& notes) {
  std::vector<const Note*> sorted;
  sorted.reserve(notes.size());
  for (const Note& note : notes) sorted.push_back(&note);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Note* a, const Note* b) { return place_of(a) < place_of(b); });
  return sorted;
}

template <typename Note>
std::span<const Note* const> at(const std::vector<const Note*>& sorted, Place place) {
  const auto begin = std::partition_point(sorted.begin(), sorted.end(),
                                          [&](const Note* note) { return place_of(note) < place; });
  const auto end = std::partition_point(begin, sorted.end(),
                                        [&](const Note* note) { return place_of(note) == place; });
  return {begin, end};
}

}  // namespace

History::History(const std::vector<Setting>& settings, const std::vector<Piece>& pieces)
    : settings_(by_place(settings)), pieces_(by_place(pieces)) {}

std::span<const Setting* const> History::settings(InstanceId instance, std::uint32_t field) const {
  return at(settings_, {instance.index, field});
}

std::span<const Piece* const> History::pieces(InstanceId instance, std::uint32_t field) const {
  return at(pieces_, {instance.index, field});
}

}  // namespace hlab::inspect
