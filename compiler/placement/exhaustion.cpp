#include "compiler/placement/exhaustion.h"

#include <algorithm>
#include <limits>

#include "compiler/placement/sums.h"

namespace hlab::placement {

namespace {

void add(Amounts& sum, const Amounts& part, std::int64_t count) {
  sum.resize(std::max(sum.size(), part.size()), 0);
  for (std::size_t a = 0; a < part.size(); ++a)
    sum[a] = sum_of(sum[a], times(std::max<std::int64_t>(part[a], 0), count));
}

/// What some demands ask for together, and how many of the smallest of their pods a machine could take.
struct Group {
  Amounts asked;
  Amounts smallest;
  std::int64_t pods = 0;

  void join(const Amounts& needs, std::int64_t count) {
    add(asked, needs, count);
    lower(needs);
    pods += count;
  }
  void join(const Group& other) {
    if (other.pods == 0) return;
    add(asked, other.asked, 1);
    lower(other.smallest);
    pods += other.pods;
  }
  void lower(const Amounts& needs) {
    smallest.resize(std::max(smallest.size(), needs.size()),
                    std::numeric_limits<std::int64_t>::max());
    for (std::size_t a = 0; a < needs.size(); ++a) smallest[a] = std::min(smallest[a], needs[a]);
  }
};

std::vector<Group> groups_by_set(const std::vector<Demand>& demands, std::size_t first,
                                 std::size_t sets) {
  std::vector<Group> groups(sets);
  for (std::size_t d = first; d < demands.size(); ++d) {
    groups[demands[d].set].join(demands[d].needs, demands[d].count);
  }
  return groups;
}

/// How many pods that need at least `smallest` a machine can take.
std::int64_t pods_on(const Amounts& free, const Amounts& smallest) {
  std::int64_t pods = std::numeric_limits<std::int32_t>::max();
  for (std::size_t a = 0; a < smallest.size(); ++a) {
    if (smallest[a] > 0) pods = std::min(pods, std::max<std::int64_t>(free[a], 0) / smallest[a]);
  }
  return pods;
}

bool more_than(const Amounts& asked, const Amounts& there) {
  for (std::size_t a = 0; a < asked.size(); ++a) {
    if (asked[a] > 0 && asked[a] > (a < there.size() ? there[a] : 0)) return true;
  }
  return false;
}

/// How many pods of the demand a machine can take by itself.
std::int64_t room(const Demand& demand, const Amounts& free) {
  return std::min<std::int64_t>(pods_on(free, demand.needs), demand.apart ? 1 : demand.count);
}

}  // namespace

bool fits_alone(const Demand& demand, const std::vector<Amounts>& free) {
  std::int64_t pods = 0;
  demand.allowed.each([&](std::uint32_t m) {
    pods += room(demand, free[m]);
    return pods < demand.count;
  });
  return pods >= demand.count;
}

bool exhausted(const std::vector<Demand>& demands, std::size_t first, const PlaceSets& sets,
               const std::vector<Amounts>& free) {
  for (std::size_t d = first; d < demands.size(); ++d) {
    if (!fits_alone(demands[d], free)) return true;
  }
  const std::vector<Group> groups = groups_by_set(demands, first, sets.sets.size());
  for (std::size_t set = 0; set < sets.sets.size(); ++set) {
    Group together;
    Amounts there;
    std::int64_t pods = 0;
    for (const std::uint32_t inner : sets.within[set]) together.join(groups[inner]);
    sets.sets[set].each([&](std::uint32_t m) {
      add(there, free[m], 1);
      pods += pods_on(free[m], together.smallest);
      return true;
    });
    if (more_than(together.asked, there) || together.pods > pods) return true;
  }
  return false;
}

}  // namespace hlab::placement
