#include "compiler/diag/fold_repeats.h"

#include <map>
#include <tuple>

namespace hlab::diag {
namespace {

/// Code, a place, and what is said there.
using Mistake = std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::string_view>;

/// What one line of a loop repeats.
Mistake by_place(const Diagnostic& item) {
  if (!item.at.valid()) return {item.info->code, 0, 0, item.message};
  return {item.info->code, item.at.file.index, item.at.begin, ""};
}

/// What many places get wrong about one thing: about the first place that they point to, or in the same words.
Mistake by_cause(const Diagnostic& item) {
  if (item.labels.empty()) return {item.info->code, 0, 0, item.message};
  const Label& first = item.labels.front();
  return {item.info->code, first.span.file.index, first.span.begin, first.message};
}

struct Repeats {
  std::size_t shown = 0;
  std::size_t more = 0;
  std::size_t last = 0;  // of those that are shown, by place among them
};

}  // namespace

Folded fold_repeats(const std::vector<const Diagnostic*>& sorted) {
  Folded out;
  std::map<Mistake, Repeats> places;
  std::map<Mistake, Repeats> causes;
  for (const Diagnostic* item : sorted) {
    Repeats& place = places[by_place(*item)];
    Repeats& cause = causes[by_cause(*item)];
    if (place.shown == kMostRepeats || cause.shown == kMostRepeats) {
      ++(place.shown == kMostRepeats ? place : cause).more;
      continue;
    }
    for (Repeats* repeats : {&place, &cause}) {
      ++repeats->shown;
      repeats->last = out.items.size();
    }
    out.items.push_back(item);
  }
  std::map<std::size_t, std::size_t> more;  // by what is shown last
  for (const auto* known : {&places, &causes}) {
    for (const auto& [_, repeats] : *known) {
      if (repeats.more > 0) more[repeats.last] += repeats.more;
    }
  }
  for (const auto& [last, count] : more) {
    Diagnostic& counted = out.counted.emplace_back(*out.items[last]);
    counted.notes.push_back(fmt::format("and {} more of the same, which are not shown", count));
    out.items[last] = &counted;
  }
  return out;
}

}  // namespace hlab::diag
