#include "compiler/diag/fold_repeats.h"

#include <map>
#include <tuple>

namespace hlab::diag {
namespace {

/// Code, the first place that it points to, and what it says where it points to none.
using Mistake = std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::string_view>;

Mistake mistake_of(const Diagnostic& item) {
  if (item.labels.empty()) return {item.info->code, 0, 0, item.message};
  const Span first = item.labels.front().span;
  return {item.info->code, first.file.index, first.begin, item.labels.front().message};
}

struct Repeats {
  std::size_t count = 0;
  std::size_t last = 0;  // of those that are shown, by place among them
};

}  // namespace

Folded fold_repeats(const std::vector<const Diagnostic*>& sorted) {
  Folded out;
  std::map<Mistake, Repeats> known;
  for (const Diagnostic* item : sorted) {
    Repeats& repeats = known[mistake_of(*item)];
    if (++repeats.count > kMostRepeats) continue;
    repeats.last = out.items.size();
    out.items.push_back(item);
  }
  for (const auto& [_, repeats] : known) {
    if (repeats.count <= kMostRepeats) continue;
    Diagnostic& counted = out.counted.emplace_back(*out.items[repeats.last]);
    counted.notes.push_back(
        fmt::format("and {} more of the same, which are not shown", repeats.count - kMostRepeats));
    out.items[repeats.last] = &counted;
  }
  return out;
}

}  // namespace hlab::diag
