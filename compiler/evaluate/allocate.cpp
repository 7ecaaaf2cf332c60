#include "compiler/evaluate/allocate.h"

#include <algorithm>
#include <numeric>

namespace hlab::evaluate {

void Taken::add(Wide first, Wide last) {
  if (last < first) return;
  const Wide before = first == 0 ? first : first - 1;  // what touches becomes one
  const Wide behind = last + 1 == 0 ? last : last + 1;
  auto at = ranges_.upper_bound(first);
  if (at != ranges_.begin() && std::prev(at)->second >= before) --at;
  while (at != ranges_.end() && at->first <= behind) {
    first = std::min(first, at->first);
    last = std::max(last, at->second);
    at = ranges_.erase(at);
  }
  ranges_.emplace(first, last);
}

void Taken::add(const Taken& other) {
  for (const auto& [first, last] : other.ranges_) add(first, last);
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

std::vector<std::optional<Wide>> allocate(Ends pool, Taken taken, const std::vector<Asker>& askers,
                                          const Taken& spared) {
  std::vector<std::size_t> order(askers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return askers[a].holder < askers[b].holder;
  });
  std::vector<std::optional<Wide>> given(askers.size());
  const auto first = [&](std::size_t who) {
    return std::max(pool.first, askers[who].admits.first);
  };
  const auto last = [&](std::size_t who) { return std::min(pool.last, askers[who].admits.last); };
  for (const std::size_t who : order) {
    const auto& kept = askers[who].kept;
    if (!kept || *kept < first(who) || *kept > last(who) || taken.has(*kept)) continue;
    given[who] = kept;
    taken.add(*kept, *kept);
  }
  taken.add(spared);
  for (const std::size_t who : order) {
    if (given[who]) continue;
    given[who] = taken.next(first(who), last(who));
    if (given[who]) taken.add(*given[who], *given[who]);
  }
  return given;
}

}  // namespace hlab::evaluate
