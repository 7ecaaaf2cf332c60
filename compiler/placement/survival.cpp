#include "compiler/placement/survival.h"

#include <algorithm>

namespace hlab::placement {

bool is_bound_to(const Pods& pods, std::uint32_t machine) {
  return !pods.bound_to.empty() && pods.bound_to.count() == (pods.bound_to[machine] ? 1u : 0u);
}

Problem without_machine(const Problem& problem, std::uint32_t machine) {
  Problem out;
  out.amounts = problem.amounts;
  out.machines = problem.machines;
  out.machines.erase(out.machines.begin() + machine);
  for (const Pods& pods : problem.pods) {
    if (is_bound_to(pods, machine)) continue;
    out.pods.push_back(pods);
    out.pods.back().tolerates.erase(machine);
    out.pods.back().bound_to.erase(machine);
    out.pods.back().built_for.erase(machine);
  }
  return out;
}

Survival::Survival(const Problem& problem, const Placement& placement)
    : problem_(problem), is_placed_(placement.answer == Answer::placed), room_(problem) {
  if (!is_placed_) return;
  demands_ = demands_of(problem, all_constraints(problem));
  there_.resize(problem.machines.size());
  for (std::size_t d = 0; d < demands_.size(); ++d) {
    on_.push_back(placement.machine_of[demands_[d].pods]);
    for (const std::uint32_t machine : on_.back()) {
      room_.take(demands_[d], machine);
      if (there_[machine].empty() || there_[machine].back() != d) there_[machine].push_back(d);
    }
  }
}

bool Survival::moves(std::uint32_t machine) const {
  Room room = room_;
  std::vector<Demand> moved;
  std::vector<Places> on;
  for (const std::size_t d : there_[machine]) {
    if (is_bound_to(problem_.pods[demands_[d].pods], machine)) continue;
    Demand& demand = moved.emplace_back(demands_[d]);
    demand.allowed.set(machine, false);
    demand.places = demand.allowed.count();
    Places& stay = on.emplace_back(on_[d]);
    std::erase(stay, machine);
  }
  return place_greedily(moved, room, on, Prefer::most_left);
}

Answer Survival::without(std::uint32_t machine) const {
  if (is_placed_ && moves(machine)) return Answer::placed;
  return place(without_machine(problem_, machine)).answer;
}

}  // namespace hlab::placement
