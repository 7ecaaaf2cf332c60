// Placement against an exhaustive search on small problems made at random.
#include <algorithm>
#include <random>
#include <set>
#include <catch2/catch.hpp>

#include "compiler/placement/conflict.h"
#include "compiler/placement/taint.h"

namespace {

using namespace hlab::placement;

/// Every way to place the pods, one after the other, with nothing clever in it.
class EveryWay {
 public:
  EveryWay(const Problem& problem, const Constraints& in_force)
      : problem_(problem), in_force_(in_force) {
    for (const Machine& machine : problem.machines) free_.push_back(machine.has);
    for (std::uint32_t i = 0; i < problem.pods.size(); ++i) {
      for (std::uint32_t n = 0; n < problem.pods[i].count; ++n) order_.push_back(i);
    }
    on_.resize(problem.pods.size());
  }
  bool exists(std::size_t at = 0) {
    if (at == order_.size()) return true;
    const std::uint32_t kind = order_[at];
    for (std::uint32_t m = 0; m < free_.size(); ++m) {
      if (!allowed(kind, m)) continue;
      change(kind, m, -1);
      on_[kind].push_back(m);
      if (exists(at + 1)) return true;
      on_[kind].pop_back();
      change(kind, m, 1);
    }
    return false;
  }

 private:
  [[nodiscard]] bool asks(std::uint32_t kind, std::uint32_t bit) const {
    return (in_force_[kind] >> bit & 1U) != 0;
  }
  [[nodiscard]] bool allowed(std::uint32_t kind, std::uint32_t m) const {
    const Pods& pods = problem_.pods[kind];
    if (asks(kind, kBound) && !pods.bound_to.empty() && !pods.bound_to[m]) return false;
    if (asks(kind, kTaint) && !pods.tolerates.empty() && !pods.tolerates[m]) return false;
    for (const std::uint32_t other : on_[kind]) {
      if (asks(kind, kApart) && pods.apart && other == m) return false;
    }
    for (std::uint32_t a = 0; a < pods.needs.size(); ++a) {
      if (asks(kind, problem_.amounts[a].bit) && pods.needs[a] > free_[m][a]) return false;
    }
    return true;
  }
  void change(std::uint32_t kind, std::uint32_t m, int sign) {
    for (std::uint32_t a = 0; a < free_[m].size(); ++a) {
      if (asks(kind, problem_.amounts[a].bit)) free_[m][a] += sign * problem_.pods[kind].needs[a];
    }
  }

  const Problem& problem_;
  const Constraints& in_force_;
  std::vector<Amounts> free_;
  std::vector<std::uint32_t> order_;
  std::vector<std::vector<std::uint32_t>> on_;
};

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

Constraints only(const Problem& problem, const std::vector<Constraint>& members) {
  Constraints out(problem.pods.size(), 0);
  for (const Constraint& c : members) out[c.pods] |= std::uint64_t{1} << c.bit;
  return out;
}

bool place_exists(const Problem& problem, const Constraints& in_force) {
  return EveryWay(problem, in_force).exists();
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
    if (mend.at_most) {
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
  int placed = 0;
  int impossible = 0;
  std::set<std::uint32_t> members;  // kinds of constraint that were in some conflict
  for (int i = 0; i < 4000; ++i) {
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
  CHECK(placed > 1000);
  CHECK(impossible > 1000);
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

TEST_CASE("placement stops at its budget and says so") {
  Problem problem{{{"memory", kAmount}}, {}, {}};
  std::mt19937 random(5);
  for (int m = 0; m < 6; ++m) problem.machines.push_back({{1000}});
  for (int k = 0; k < 19; ++k)
    problem.pods.push_back({1, {300 + static_cast<std::int64_t>(random() % 16)}, {}, {}, false});
  CHECK(place(problem, 10).answer == Answer::undecided);
  CHECK(place(problem).answer == Answer::impossible);
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
