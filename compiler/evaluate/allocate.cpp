#include "compiler/evaluate/allocate.h"

#include <algorithm>
#include <numeric>

namespace hlab::evaluate {

void Taken::add(Wide first, Wide last) {
  if (last < first) return;
  auto at = ranges_.upper_bound(first);
  if (at != ranges_.begin() && std::prev(at)->second >= first) --at;
  while (at != ranges_.end() && at->first <= last) {
    first = std::min(first, at->first);
    last = std::max(last, at->second);
    at = ranges_.erase(at);
  }
  ranges_.emplace(first, last);
}

bool Taken::has(Wide value) const {
  const auto behind = ranges_.upper_bound(value);
  return behind != ranges_.begin() && std::prev(behind)->second >= value;
}

std::optional<Wide> Taken::next(Wide from, Wide last) const {
  while (from <= last) {
    const auto behind = ranges_.upper_bound(from);
    if (behind == ranges_.begin() || std::prev(behind)->second < from) return from;
    const Wide end = std::prev(behind)->second;
    if (end >= last) break;  // and nothing lies behind the largest of all
    from = end + 1;
  }
  return std::nullopt;
}

std::vector<std::optional<Wide>> allocate(Wide first, Wide last, Taken taken,
                                          const std::vector<Asker>& askers) {
  std::vector<std::size_t> order(askers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return askers[a].holder < askers[b].holder;
  });
  std::vector<std::optional<Wide>> given(askers.size());
  const auto give = [&](std::size_t who, Wide value) {
    given[who] = value;
    taken.add(value, value);
  };
  for (const std::size_t who : order) {
    const auto& kept = askers[who].kept;
    if (kept && *kept >= first && *kept <= last && !taken.has(*kept)) give(who, *kept);
  }
  for (const std::size_t who : order) {
    if (given[who]) continue;
    const auto free = taken.next(first, last);
    if (!free) break;
    give(who, *free);
    first = *free;
  }
  return given;
}

}  // namespace hlab::evaluate
