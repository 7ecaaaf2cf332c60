#include "compiler/placement/search.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>

#include "compiler/placement/demand.h"
#include "compiler/placement/exhaustion.h"

namespace hlab::placement {

namespace {

constexpr std::size_t kMostDeadBytes = std::size_t{64} << 20U;

/// Places one by one, hardest first: where nothing fits, the last choice is taken back.
class Search {
 public:
  Search(const Problem& problem, std::vector<Demand> demands, std::size_t budget)
      : problem_(problem), demands_(std::move(demands)), budget_(budget) {
    for (const Machine& machine : problem.machines) free_.push_back(machine.has);
    sets_ = place_sets(demands_);
    classes_ = machine_classes(problem, demands_);
    on_.assign(demands_.size(), {});
  }

  /// Each pod to the machine with most left, and no choice taken back: what a scheduler would do.
  bool spread() { return greedy(true); }
  /// Each pod to the machine with least left that still takes it.
  bool pack() { return greedy(false); }

  Answer exhaust() {
    reset();
    const bool found = descend(0, 0, 0);
    if (found) return Answer::placed;
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
    for (std::size_t m = 0; m < free_.size(); ++m) free_[m] = problem_.machines[m].has;
    for (auto& machines : on_) machines.clear();
  }

  [[nodiscard]] bool takes(std::size_t demand, std::uint32_t machine) const {
    const Demand& d = demands_[demand];
    if (!d.allowed[machine]) return false;
    if (d.apart &&
        std::find(on_[demand].begin(), on_[demand].end(), machine) != on_[demand].end()) {
      return false;
    }
    for (std::size_t a = 0; a < d.needs.size(); ++a) {
      if (d.needs[a] > 0 && d.needs[a] > free_[machine][a]) return false;
    }
    return true;
  }

  void take(std::size_t demand, std::uint32_t machine) {
    const Amounts& needs = demands_[demand].needs;
    for (std::size_t a = 0; a < needs.size(); ++a) free_[machine][a] -= needs[a];
    on_[demand].push_back(machine);
  }

  void give_back(std::size_t demand) {
    const std::uint32_t machine = on_[demand].back();
    const Amounts& needs = demands_[demand].needs;
    for (std::size_t a = 0; a < needs.size(); ++a) free_[machine][a] += needs[a];
    on_[demand].pop_back();
  }

  /// What is left of the scarcest amount, in parts of a million.
  [[nodiscard]] std::int64_t left(std::uint32_t machine) const {
    std::int64_t least = 1'000'000;
    const Amounts& has = problem_.machines[machine].has;
    for (std::size_t a = 0; a < has.size(); ++a) {
      if (has[a] <= 0) continue;
      const double part = static_cast<double>(free_[machine][a]) / static_cast<double>(has[a]);
      least = std::min(least, static_cast<std::int64_t>(1e6 * part));
    }
    return least;
  }

  bool greedy(bool most_left) {
    reset();
    by_left_.clear();
    left_.clear();
    for (std::uint32_t m = 0; m < free_.size(); ++m) {
      left_.push_back(most_left ? -left(m) : left(m));
      by_left_.emplace(left_[m], m);
    }
    for (std::size_t d = 0; d < demands_.size(); ++d) {
      for (std::uint32_t pod = 0; pod < demands_[d].count; ++pod) {
        const auto at = std::find_if(by_left_.begin(), by_left_.end(),
                                     [&](const auto& entry) { return takes(d, entry.second); });
        if (at == by_left_.end()) return false;
        const std::uint32_t machine = at->second;
        by_left_.erase(at);
        take(d, machine);
        left_[machine] = most_left ? -left(machine) : left(machine);
        by_left_.emplace(left_[machine], machine);
      }
    }
    return true;
  }

  /// Pods of one kind are alike, so they go to machines in ascending order.
  bool descend(std::size_t demand, std::uint32_t pod, std::uint32_t from) {
    if (demand == demands_.size()) return true;
    if (pod == demands_[demand].count) return descend(demand + 1, 0, 0);
    if (pod > 0) return choose(demand, pod, from);
    steps_ += demands_.size() - demand;  // the look ahead goes over all that is left
    if (exhausted(demands_, demand, sets_, free_)) return false;
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
    for (std::uint32_t m = from; m < free_.size(); ++m) {
      if (++steps_ >= budget_) return false;
      if (!takes(demand, m) || like_one_of(tried, demand, m)) continue;
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
    steps_ += free_.size();
    std::vector<std::pair<std::uint32_t, const Amounts*>> machines;
    for (std::size_t m = 0; m < free_.size(); ++m) machines.emplace_back(classes_[m], &free_[m]);
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
      return classes_[other] == classes_[machine] && free_[other] == free_[machine];
    });
  }

  const Problem& problem_;
  std::vector<Demand> demands_;
  std::vector<Amounts> free_;
  // While pods are placed greedily: machines in the order in which they are offered.
  std::vector<std::int64_t> left_;
  std::set<std::pair<std::int64_t, std::uint32_t>> by_left_;
  PlaceSets sets_;
  std::vector<std::uint32_t> classes_;
  std::vector<std::vector<std::uint32_t>> on_;
  std::unordered_set<std::string> dead_;  // states from which there was no way on
  std::size_t dead_bytes_ = 0;
  std::size_t budget_;
  std::size_t steps_ = 0;
};

}  // namespace

Placement place(const Problem& problem, const Constraints& in_force, std::size_t budget) {
  std::vector<Demand> demands = demands_of(problem, in_force);
  std::vector<Amounts> all_free;
  for (const Machine& machine : problem.machines) all_free.push_back(machine.has);
  Placement none;
  none.answer = Answer::impossible;
  for (const Demand& demand : demands) {
    if (!fits_alone(demand, all_free)) return none;
  }
  Search search(problem, std::move(demands), budget);
  if (search.spread() || search.pack()) return search.placement();
  none.answer = search.exhaust();
  return none.answer == Answer::placed ? search.placement() : none;
}

Placement place(const Problem& problem, std::size_t budget) {
  return place(problem, all_constraints(problem), budget);
}

}  // namespace hlab::placement
