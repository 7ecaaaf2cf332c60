// Placement against an exhaustive search on small problems made at random.
#include <algorithm>
#include <random>
#include <set>
#include <catch2/catch.hpp>

#include "compiler/placement/conflict.h"
#include "compiler/placement/survival.h"
#include "compiler/placement/taint.h"
#include "tests/unit/every_way.h"

namespace {

using namespace hlab::test;

/// Below `n`.
std::uint32_t draw(std::mt19937& random, std::uint32_t n) {
  return static_cast<std::uint32_t>(random()) % n;
}

Pods random_pods(std::mt19937& random, std::uint32_t machines) {
  const auto below = [&](std::uint32_t n) { return draw(random, n); };
  Pods pods;
  pods.count = 1 + (below(4) == 0 ? below(3) : 0);
  pods.needs = {
      below(5),      below(4),     below(4) == 0 ? 1 + below(2) : 0, below(3) == 0 ? below(4) : 0,
      below(4) == 0, below(4) == 0};
  pods.apart = below(3) == 0;
  const bool bound = below(3) == 0;
  const bool tainted = below(3) == 0;
  for (std::uint32_t m = 0; m < machines; ++m) {
    if (bound) pods.bound_to.push_back(below(2) == 0);
    if (tainted) pods.tolerates.push_back(below(3) != 0);
  }
  return pods;
}

Problem random_problem(std::mt19937& random) {
  Problem problem;
  problem.amounts = {{"memory", kAmount},   {"cpu", kAmount + 1}, {"gpu", kAmount + 2},
                     {"disk", kAmount + 3}, {"port 80", kPorts},  {"port 53", kPorts}};
  const std::uint32_t machines = 1 + draw(random, 4);
  for (std::uint32_t m = 0; m < machines; ++m)
    problem.machines.push_back({{2 + draw(random, 7), 2 + draw(random, 7), draw(random, 4),
                                 2 + draw(random, 6), draw(random, 5) != 0, draw(random, 5) != 0}});
  const std::uint32_t kinds = 1 + draw(random, 5);
  for (std::uint32_t k = 0; k < kinds; ++k) problem.pods.push_back(random_pods(random, machines));
  return problem;
}

/// What the machine had is gone, and so are the pods that may be nowhere else.
bool place_exists_without(Problem problem, std::uint32_t machine) {
  std::vector<Pods> left;
  for (Pods& pods : problem.pods) {
    const bool is_free = pods.bound_to.empty();
    if (is_free) pods.bound_to = MachineSet(problem.machines.size(), true);
    pods.bound_to.set(machine, false);
    if (is_free || pods.bound_to.count() > 0) left.push_back(pods);
  }
  problem.pods = left;
  return place_exists(problem, all_constraints(problem));
}

std::vector<Constraint> check_conflict(const Problem& problem) {
  const Conflict conflict = conflict_of(problem);
  REQUIRE(conflict.irreducible);
  REQUIRE_FALSE(conflict.members.empty());
  CHECK_FALSE(place_exists(problem, only(problem, conflict.members)));
  for (std::size_t i = 0; i < conflict.members.size(); ++i) {
    auto fewer = conflict.members;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(place_exists(problem, only(problem, fewer)));
  }
  for (const Mend& mend : mends_of(problem, conflict, 3)) {
    Problem mended = problem;
    Constraints in_force = all_constraints(problem);
    if (mend.at_most && mend.constraint.bit == kPorts) {
      Pods& pods = mended.pods[mend.constraint.pods];
      CHECK(*mend.at_most < pods.count);
      pods.count = static_cast<std::uint32_t>(*mend.at_most);
    } else if (mend.at_most) {
      const auto amount = asked_amount(problem, mend.constraint);
      REQUIRE(amount);
      CHECK(*mend.at_most < problem.pods[mend.constraint.pods].needs[*amount]);
      mended.pods[mend.constraint.pods].needs[*amount] = *mend.at_most;
    } else {
      in_force[mend.constraint.pods] &= ~(std::uint64_t{1} << mend.constraint.bit);
    }
    CHECK(place_exists(mended, in_force));
  }
  return conflict.members;
}

}  // namespace

TEST_CASE("placement agrees with every way there is, and each conflict is irreducible",
          "[property]") {
  std::mt19937 random(20261121);
  const int problems = how_many(1500);
  int placed = 0;
  int impossible = 0;
  std::set<std::uint32_t> members;  // kinds of constraint that were in some conflict
  for (int i = 0; i < problems; ++i) {
    INFO("problem " << i);
    const Problem problem = random_problem(random);
    const Constraints all = all_constraints(problem);
    const Placement found = place(problem, all);
    REQUIRE(found.answer != Answer::undecided);
    REQUIRE((found.answer == Answer::placed) == place_exists(problem, all));
    if (found.answer == Answer::placed) {
      ++placed;
      continue;
    }
    ++impossible;
    for (const Constraint& member : check_conflict(problem)) members.insert(member.bit);
  }
  CHECK(members == std::set<std::uint32_t>{kBound, kTaint, kApart, kPorts, kAmount, kAmount + 1,
                                           kAmount + 2, kAmount + 3});
  CHECK(placed > problems / 4);
  CHECK(impossible > problems / 4);
}

TEST_CASE("a placement keeps what it promises", "[property]") {
  std::mt19937 random(3);
  for (int i = 0; i < 1000; ++i) {
    const Problem problem = random_problem(random);
    const Placement found = place(problem);
    if (found.answer != Answer::placed) continue;
    std::vector<Amounts> free;
    for (const Machine& machine : problem.machines) free.push_back(machine.has);
    for (std::size_t k = 0; k < problem.pods.size(); ++k) {
      const Pods& pods = problem.pods[k];
      REQUIRE(found.machine_of[k].size() == pods.count);
      std::vector<int> here(free.size(), 0);
      for (const std::uint32_t m : found.machine_of[k]) {
        CHECK((pods.bound_to.empty() || pods.bound_to[m]));
        CHECK((pods.tolerates.empty() || pods.tolerates[m]));
        CHECK((++here[m] == 1 || !pods.apart));
        for (std::size_t a = 0; a < free[m].size(); ++a) free[m][a] -= pods.needs[a];
      }
    }
    for (const Amounts& left : free) CHECK(*std::min_element(left.begin(), left.end()) >= 0);
  }
}

TEST_CASE("what a lost machine leaves is placed as a search from the beginning would",
          "[property]") {
  std::mt19937 random(11);
  const int problems = how_many(1500);
  int survived = 0;
  int lost = 0;
  for (int i = 0; i < problems; ++i) {
    INFO("problem " << i);
    const Problem problem = random_problem(random);
    const Placement found = place(problem);
    const Survival survival(problem, found);
    for (std::uint32_t m = 0; m < problem.machines.size(); ++m) {
      const Answer answer = survival.without(m);
      REQUIRE(answer != Answer::undecided);
      REQUIRE((answer == Answer::placed) == place_exists_without(problem, m));
      if (found.answer == Answer::placed) ++(answer == Answer::placed ? survived : lost);
    }
  }
  CHECK(survived > problems / 4);
  CHECK(lost > problems / 4);
}

TEST_CASE("placement stops at its budget and says so") {
  Problem problem{{{"memory", kAmount}}, {}, {}};
  for (int m = 0; m < 6; ++m) problem.machines.push_back({{1000}});
  // Their sum has room and so has their number, but of the first kind two fill a machine.
  for (int k = 0; k < 13; ++k) problem.pods.push_back({1, {340}, {}, {}, {}, false});
  for (int k = 0; k < 5; ++k) problem.pods.push_back({1, {310}, {}, {}, {}, false});
  CHECK(place(problem, 10).answer == Answer::undecided);
  CHECK(place(problem).answer == Answer::impossible);
}

TEST_CASE("what is too much in sum is a conflict of the largest, without a search") {
  Problem problem{{{"memory", kAmount}}, {}, {}};
  for (int m = 0; m < 10; ++m) problem.machines.push_back({{16000}});
  // No search tells whether all but one of so many of them fit.
  for (int k = 0; k < 150; ++k)
    problem.pods.push_back({1, {700 + k * k * 37 % 900}, {}, {}, {}, false});
  const Conflict conflict = conflict_of(problem);
  std::int64_t sum = 0;
  std::int64_t least = 1600;
  for (const Constraint& member : conflict.members) {
    const std::int64_t asked = problem.pods[member.pods].needs[0];
    sum += asked;
    least = std::min(least, asked);
  }
  CHECK(sum > 160000);
  CHECK(sum - least <= 160000);
  CHECK(conflict.members.size() < problem.pods.size());
}

TEST_CASE("taints and what bears them") {
  const auto borne = [](const char* toleration, const char* taint) {
    return bears(taint_of(toleration), taint_of(taint));
  };
  CHECK(borne("dedicated", "dedicated=nas:NoSchedule"));
  CHECK(borne("dedicated=nas", "dedicated=nas:NoSchedule"));
  CHECK(borne("dedicated:NoSchedule", "dedicated=nas:NoSchedule"));
  CHECK(borne("dedicated=nas:NoSchedule", "dedicated=nas:NoSchedule"));
  CHECK_FALSE(borne("dedicated=gpu", "dedicated=nas:NoSchedule"));
  CHECK_FALSE(borne("dedicated=nas:NoExecute", "dedicated=nas:NoSchedule"));
  CHECK_FALSE(borne("other", "dedicated=nas:NoSchedule"));
  CHECK(keeps_away(taint_of("a:NoExecute")));
  CHECK_FALSE(keeps_away(taint_of("a=b:PreferNoSchedule")));
}
