#include "compiler/placement/demand.h"

#include <algorithm>
#include <map>

namespace hlab::placement {

namespace {

bool has(std::uint64_t bits, std::uint32_t bit) { return (bits >> bit & 1U) != 0; }

Demand demand_of(const Problem& problem, std::uint32_t index, std::uint64_t bits) {
  const Pods& pods = problem.pods[index];
  Demand demand;
  demand.pods = index;
  demand.count = pods.count;
  demand.apart = pods.apart && has(bits, kApart);
  demand.needs.assign(problem.amounts.size(), 0);
  for (std::uint32_t a = 0; a < pods.needs.size(); ++a) {
    if (has(bits, problem.amounts[a].bit)) demand.needs[a] = pods.needs[a];
  }
  demand.allowed = MachineSet(problem.machines.size(), true);
  if (!pods.bound_to.empty() && has(bits, kBound)) demand.allowed = pods.bound_to;
  if (!pods.tolerates.empty() && has(bits, kTaint)) demand.allowed.keep(pods.tolerates);
  demand.places = demand.allowed.count();
  return demand;
}

/// The largest share of what all machines have that one pod takes.
double weight(const Demand& demand, const std::vector<double>& total) {
  double most = 0;
  for (std::size_t a = 0; a < demand.needs.size(); ++a) {
    if (total[a] > 0) most = std::max(most, static_cast<double>(demand.needs[a]) / total[a]);
  }
  return most;
}

}  // namespace

std::vector<Demand> demands_of(const Problem& problem, const Constraints& in_force) {
  std::vector<double> total(problem.amounts.size(), 0);
  for (const Machine& machine : problem.machines) {
    for (std::size_t a = 0; a < machine.has.size(); ++a)
      total[a] += static_cast<double>(machine.has[a]);
  }
  std::vector<Demand> demands;
  demands.reserve(problem.pods.size());
  std::vector<double> weights(problem.pods.size(), 0);
  const Constraints all = all_constraints(problem);
  for (std::uint32_t i = 0; i < problem.pods.size(); ++i) {
    if (in_force[i] == 0 && all[i] != 0) continue;  // left out of the question
    demands.push_back(demand_of(problem, i, in_force[i]));
    weights[i] = weight(demands.back(), total);
  }
  std::stable_sort(demands.begin(), demands.end(), [&](const Demand& a, const Demand& b) {
    return a.places != b.places ? a.places < b.places : weights[a.pods] > weights[b.pods];
  });
  return demands;
}

PlaceSets place_sets(std::vector<Demand>& demands) {
  PlaceSets out;
  std::map<MachineSet, std::uint32_t> numbers;
  for (Demand& demand : demands) {
    const auto next = static_cast<std::uint32_t>(numbers.size());
    const auto [at, is_new] = numbers.emplace(demand.allowed, next);
    if (is_new) out.sets.push_back(demand.allowed);
    demand.set = at->second;
  }
  out.within.resize(out.sets.size());
  for (std::uint32_t outer = 0; outer < out.sets.size(); ++outer) {
    for (std::uint32_t inner = 0; inner < out.sets.size(); ++inner) {
      if (out.sets[inner].inside(out.sets[outer])) out.within[outer].push_back(inner);
    }
  }
  return out;
}

std::vector<std::uint32_t> machine_classes(const Problem& problem,
                                           const std::vector<Demand>& demands) {
  std::map<std::vector<bool>, std::uint32_t> numbers;
  std::vector<std::uint32_t> out;
  // Demands that may be anywhere tell no machines apart.
  std::vector<const Demand*> telling;
  for (const Demand& demand : demands) {
    if (demand.places != problem.machines.size()) telling.push_back(&demand);
  }
  for (std::size_t m = 0; m < problem.machines.size(); ++m) {
    std::vector<bool> takes;
    for (const Demand* demand : telling) takes.push_back(demand->allowed[m]);
    out.push_back(numbers.emplace(std::move(takes), static_cast<std::uint32_t>(numbers.size()))
                      .first->second);
  }
  return out;
}

}  // namespace hlab::placement
