#include "compiler/placement/search.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "compiler/placement/exhaustion.h"
#include "compiler/placement/room.h"

namespace hlab::placement {

namespace {

constexpr std::size_t kMostDeadBytes = std::size_t{64} << 20U;

/// Places one by one, hardest first: where nothing fits, the last choice is taken back.
class Search {
 public:
  Search(const Problem& problem, std::vector<Demand> demands, std::size_t budget)
      : problem_(problem), demands_(std::move(demands)), room_(problem), budget_(budget) {
    on_.resize(demands_.size());
  }

  Answer run() {
    // Each pod to the machine with most left, and no choice taken back: what a scheduler would do.
    if (greedily(Prefer::most_left)) return Answer::placed;
    reset();
    sets_ = place_sets(demands_);
    if (exhausted(demands_, 0, sets_, room_.free())) return Answer::impossible;
    if (greedily(Prefer::least_left)) return Answer::placed;
    reset();
    classes_ = machine_classes(problem_, demands_);
    if (descend(0, 0, 0)) return Answer::placed;
    return steps_ >= budget_ ? Answer::undecided : Answer::impossible;
  }

  [[nodiscard]] Placement placement() const {
    Placement out;
    out.machine_of.resize(problem_.pods.size());
    for (std::size_t i = 0; i < demands_.size(); ++i) out.machine_of[demands_[i].pods] = on_[i];
    return out;
  }

 private:
  void reset() {
    room_ = Room(problem_);
    for (Places& machines : on_) machines.clear();
  }

  bool greedily(Prefer prefer) { return place_greedily(demands_, room_, on_, prefer); }

  void take(std::size_t demand, std::uint32_t machine) {
    room_.take(demands_[demand], machine);
    on_[demand].push_back(machine);
  }

  void give_back(std::size_t demand) {
    room_.give_back(demands_[demand], on_[demand].back());
    on_[demand].pop_back();
  }

  /// Pods of one kind are alike, so they go to machines in ascending order.
  bool descend(std::size_t demand, std::uint32_t pod, std::uint32_t from) {
    if (demand == demands_.size()) return true;
    if (pod == demands_[demand].count) return descend(demand + 1, 0, 0);
    if (pod > 0) return choose(demand, pod, from);
    steps_ += demands_.size() - demand;  // the look ahead goes over all that is left
    if (exhausted(demands_, demand, sets_, room_.free())) return false;
    std::string state = state_before(demand);
    if (dead_.contains(state)) return false;
    if (choose(demand, pod, from)) return true;
    if (steps_ < budget_ && dead_bytes_ < kMostDeadBytes) {
      dead_bytes_ += state.size();
      dead_.insert(std::move(state));
    }
    return false;
  }

  bool choose(std::size_t demand, std::uint32_t pod, std::uint32_t from) {
    std::vector<std::uint32_t> tried;
    for (std::uint32_t m = from; m < room_.free().size(); ++m) {
      if (++steps_ >= budget_) return false;
      if (!room_.takes(demands_[demand], on_[demand], m) || like_one_of(tried, demand, m)) continue;
      tried.push_back(m);
      take(demand, m);
      if (descend(demand, pod + 1, demands_[demand].apart ? m + 1 : m)) return true;
      give_back(demand);
      if (steps_ >= budget_) return false;
    }
    return false;
  }

  /// What is left, whichever of machines that nothing tells apart has it.
  [[nodiscard]] std::string state_before(std::size_t demand) {
    const std::vector<Amounts>& free = room_.free();
    steps_ += free.size();
    std::vector<std::pair<std::uint32_t, const Amounts*>> machines;
    for (std::size_t m = 0; m < free.size(); ++m) machines.emplace_back(classes_[m], &free[m]);
    std::sort(machines.begin(), machines.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : *a.second < *b.second;
    });
    std::string out(reinterpret_cast<const char*>(&demand), sizeof demand);
    for (const auto& [_, amounts] : machines) {
      out.append(reinterpret_cast<const char*>(amounts->data()),
                 amounts->size() * sizeof(std::int64_t));
    }
    return out;
  }

  /// Whether another machine that nothing tells from this one has been tried. Only for single pods:
  /// where several go in ascending order, equal machines differ by their place in it.
  [[nodiscard]] bool like_one_of(const std::vector<std::uint32_t>& tried, std::size_t demand,
                                 std::uint32_t machine) const {
    if (demands_[demand].count != 1) return false;
    return std::any_of(tried.begin(), tried.end(), [&](std::uint32_t other) {
      return classes_[other] == classes_[machine] && room_.free()[other] == room_.free()[machine];
    });
  }

  const Problem& problem_;
  std::vector<Demand> demands_;
  Room room_;
  PlaceSets sets_;
  std::vector<std::uint32_t> classes_;
  std::vector<Places> on_;
  std::unordered_set<std::string> dead_;  // states from which there was no way on
  std::size_t dead_bytes_ = 0;
  std::size_t budget_;
  std::size_t steps_ = 0;
};

}  // namespace

Placement place(const Problem& problem, const Constraints& in_force, std::size_t budget) {
  std::vector<Demand> demands = demands_of(problem, in_force);
  Placement none;
  none.answer = Answer::impossible;
  const Room room(problem);
  for (const Demand& demand : demands) {
    if (!fits_alone(demand, room.free())) return none;
  }
  Search search(problem, std::move(demands), budget);
  none.answer = search.run();
  return none.answer == Answer::placed ? search.placement() : none;
}

Placement place(const Problem& problem, std::size_t budget) {
  return place(problem, all_constraints(problem), budget);
}

}  // namespace hlab::placement
