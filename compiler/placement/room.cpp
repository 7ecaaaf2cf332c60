#include "compiler/placement/room.h"

#include <algorithm>
#include <optional>
#include <set>

namespace hlab::placement {

namespace {

/// Up to so many machines are looked at one by one rather than in the order in which all are offered.
constexpr std::uint32_t kFewPlaces = 16;

/// The machines in the order in which they are offered: by what is left, then by number.
class Offers {
 public:
  Offers(const Room& room, Prefer prefer) : room_(room), prefer_(prefer) {
    for (std::uint32_t m = 0; m < room.free().size(); ++m) {
      rank_.push_back(rank(m));
      order_.emplace(rank_.back(), m);
    }
  }

  [[nodiscard]] std::optional<std::uint32_t> first(const Demand& demand, const Places& on) const {
    if (demand.places <= kFewPlaces) return first_of_few(demand, on);
    const auto found = std::find_if(order_.begin(), order_.end(), [&](const auto& entry) {
      return room_.takes(demand, on, entry.second);
    });
    return found == order_.end() ? std::nullopt : std::optional(found->second);
  }

  void changed(std::uint32_t machine) {
    order_.erase({rank_[machine], machine});
    rank_[machine] = rank(machine);
    order_.emplace(rank_[machine], machine);
  }

 private:
  [[nodiscard]] std::int64_t rank(std::uint32_t machine) const {
    return prefer_ == Prefer::most_left ? -room_.left(machine) : room_.left(machine);
  }

  [[nodiscard]] std::optional<std::uint32_t> first_of_few(const Demand& demand,
                                                          const Places& on) const {
    std::optional<std::uint32_t> best;
    demand.allowed.each([&](std::uint32_t m) {
      const bool is_better = !best || rank_[m] < rank_[*best];
      if (is_better && room_.takes(demand, on, m)) best = m;
      return true;
    });
    return best;
  }

  const Room& room_;
  Prefer prefer_;
  std::vector<std::int64_t> rank_;
  std::set<std::pair<std::int64_t, std::uint32_t>> order_;
};

}  // namespace

Room::Room(const Problem& problem) : problem_(&problem) {
  free_.reserve(problem.machines.size());
  for (const Machine& machine : problem.machines) free_.push_back(machine.has);
}

bool Room::takes(const Demand& demand, const Places& on, std::uint32_t machine) const {
  if (!demand.allowed[machine]) return false;
  if (demand.apart && std::find(on.begin(), on.end(), machine) != on.end()) return false;
  for (std::size_t a = 0; a < demand.needs.size(); ++a) {
    if (demand.needs[a] > 0 && demand.needs[a] > free_[machine][a]) return false;
  }
  return true;
}

void Room::take(const Demand& demand, std::uint32_t machine) {
  for (std::size_t a = 0; a < demand.needs.size(); ++a) free_[machine][a] -= demand.needs[a];
}

void Room::give_back(const Demand& demand, std::uint32_t machine) {
  for (std::size_t a = 0; a < demand.needs.size(); ++a) free_[machine][a] += demand.needs[a];
}

std::int64_t Room::left(std::uint32_t machine) const {
  std::int64_t least = 1'000'000;
  const Amounts& has = problem_->machines[machine].has;
  for (std::size_t a = 0; a < has.size(); ++a) {
    if (has[a] <= 0) continue;
    const double part = static_cast<double>(free_[machine][a]) / static_cast<double>(has[a]);
    least = std::min(least, static_cast<std::int64_t>(1e6 * part));
  }
  return least;
}

bool place_greedily(const std::vector<Demand>& demands, Room& room, std::vector<Places>& on,
                    Prefer prefer) {
  Offers offers(room, prefer);
  for (std::size_t d = 0; d < demands.size(); ++d) {
    while (on[d].size() < demands[d].count) {
      const auto machine = offers.first(demands[d], on[d]);
      if (!machine) return false;
      room.take(demands[d], *machine);
      on[d].push_back(*machine);
      offers.changed(*machine);
    }
  }
  return true;
}

}  // namespace hlab::placement
