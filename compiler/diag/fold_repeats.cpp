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

class Folding {
 public:
  void see(const Diagnostic* item) {
    Repeats& place = places_[by_place(*item)];
    Repeats& cause = causes_[by_cause(*item)];
    Repeats& code = codes_[{item->info->code, 0, 0, ""}];
    if (is_full(place, kMostRepeats) || is_full(cause, kMostRepeats) || is_full(code, kMostOfCode))
      return;
    for (Repeats* repeats : {&place, &cause, &code}) {
      ++repeats->shown;
      repeats->last = out_.items.size();
    }
    out_.items.push_back(item);
  }

  Folded finish() {
    std::map<std::size_t, std::size_t> more;  // by what is shown last
    for (const auto* known : {&places_, &causes_, &codes_}) {
      for (const auto& [_, repeats] : *known) {
        if (repeats.more > 0) more[repeats.last] += repeats.more;
      }
    }
    for (const auto& [last, count] : more) {
      Diagnostic& counted = out_.counted.emplace_back(*out_.items[last]);
      counted.notes.push_back(fmt::format("and {} more like it, which are not shown", count));
      out_.items[last] = &counted;
    }
    return std::move(out_);
  }

 private:
  /// Counts one that is not shown.
  static bool is_full(Repeats& repeats, std::size_t most) {
    if (repeats.shown < most) return false;
    ++repeats.more;
    return true;
  }

  Folded out_;
  std::map<Mistake, Repeats> places_;
  std::map<Mistake, Repeats> causes_;
  std::map<Mistake, Repeats> codes_;
};

}  // namespace

Folded fold_repeats(const std::vector<const Diagnostic*>& sorted) {
  Folding folding;
  for (const Diagnostic* item : sorted) folding.see(item);
  return folding.finish();
}

}  // namespace hlab::diag
