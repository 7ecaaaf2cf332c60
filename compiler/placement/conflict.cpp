#include "compiler/placement/conflict.h"

#include <algorithm>

#include "compiler/placement/sums.h"

namespace hlab::placement {

namespace {

Constraints none_of(const Problem& problem) { return Constraints(problem.pods.size(), 0); }

void set(Constraints& constraints, const std::vector<Constraint>& members) {
  for (const Constraint& c : members) constraints[c.pods] |= std::uint64_t{1} << c.bit;
}

/// Constraints looked at before a conflict is told as large as it then is.
constexpr std::size_t kQuestionBudget = 500'000;
/// Of a sum that is too large: members that are shown to be needed, one by one, and the steps for each of them.
constexpr std::size_t kShortBudget = 20'000;
constexpr std::size_t kMostShown = 100;
/// Members of which it is tried whether they suffice alone to mend it.
constexpr std::size_t kMostTried = 64;

/// Keeps halves of the candidates as long as they conflict with what is known to be needed: the number of
/// questions grows with the conflict, not with the lab.
class Reduction {
 public:
  explicit Reduction(const Problem& problem) : problem_(problem) {}

  std::vector<Constraint> needed(const std::vector<Constraint>& background, bool grown,
                                 const std::vector<Constraint>& candidates) {
    if (grown && conflicts(background)) return {};
    if (candidates.size() == 1 || spent_ > kQuestionBudget) return candidates;
    const auto middle = candidates.begin() + static_cast<std::ptrdiff_t>(candidates.size() / 2);
    const std::vector<Constraint> first(candidates.begin(), middle);
    const std::vector<Constraint> second(middle, candidates.end());
    std::vector<Constraint> with_first = joined(background, first);
    std::vector<Constraint> out = needed(with_first, !first.empty(), second);
    const std::vector<Constraint> rest = needed(joined(background, out), !out.empty(), first);
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
  }

  [[nodiscard]] bool spent() const { return spent_ > kQuestionBudget; }

  [[nodiscard]] bool conflicts(const std::vector<Constraint>& members) {
    spent_ += members.size();
    Constraints in_force = none_of(problem_);
    set(in_force, members);
    return place(problem_, in_force).answer == Answer::impossible;
  }

 private:
  static std::vector<Constraint> joined(std::vector<Constraint> a,
                                        const std::vector<Constraint>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }

  const Problem& problem_;
  std::size_t spent_ = 0;
};

Answer without(const Problem& problem, const std::vector<Constraint>& members, std::size_t left_out,
               std::size_t budget = kStepBudget) {
  Constraints in_force = none_of(problem);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i != left_out) set(in_force, {members[i]});
  }
  return place(problem, in_force, budget).answer;
}

/// How much each of those pods may ask for at most, so that everything has a place.
std::optional<std::int64_t> largest_that_fits(const Problem& problem,
                                              const Constraint& constraint) {
  const auto which = asked_amount(problem, constraint);
  if (!which) return std::nullopt;
  Problem changed = problem;
  std::int64_t& asked = changed.pods[constraint.pods].needs[*which];
  const std::int64_t wanted = asked;
  // In parts that a person would write: sixteenths of what is asked for.
  for (std::int64_t part = 15; part > 0; --part) {
    asked = wanted < 16 ? wanted * part / 16 : wanted / 16 * part;
    if (asked > 0 && place(changed).answer == Answer::placed) return asked;
  }
  return std::nullopt;
}

/// Pods that take another port, which nobody has, still take it from one another.
Answer at_another_port(const Problem& problem, Constraints in_force, std::size_t pods) {
  Problem changed = problem;
  changed.pods[pods].apart = true;
  in_force[pods] |= std::uint64_t{1} << kApart;
  return place(changed, in_force).answer;
}

/// How many of those pods may run at most, so that everything has a place.
std::optional<std::int64_t> most_pods(const Problem& problem, std::size_t pods) {
  Problem changed = problem;
  std::uint32_t& count = changed.pods[pods].count;
  const auto machines = static_cast<std::uint32_t>(problem.machines.size());
  for (count = std::min(count - 1, machines); count > 0; --count) {
    if (place(changed).answer == Answer::placed) return count;
  }
  return std::nullopt;
}

/// What it would take that the pods ask for no port that others have.
std::optional<Mend> mend_of_ports(const Problem& problem, const Constraints& others,
                                  const Constraint& member) {
  if (at_another_port(problem, others, member.pods) == Answer::placed)
    return Mend{member, std::nullopt};
  if (problem.pods[member.pods].count < 2) return std::nullopt;
  const auto fewer = most_pods(problem, member.pods);
  if (!fewer) return std::nullopt;
  return Mend{member, fewer};
}

Constraints all_but(const Problem& problem, const Constraint& member) {
  Constraints out = all_constraints(problem);
  out[member.pods] &= ~(std::uint64_t{1} << member.bit);
  return out;
}

/// Pods that are let go elsewhere still run only where their image does.
Answer let_go(const Problem& problem, Constraints in_force, const Constraint& member) {
  const Pods& pods = problem.pods[member.pods];
  if (pods.built_for.empty() || (member.bit != kBound && member.bit != kTaint))
    return place(problem, in_force).answer;
  Problem changed = problem;
  MachineSet& allowed = member.bit == kBound ? changed.pods[member.pods].bound_to
                                             : changed.pods[member.pods].tolerates;
  allowed.join(pods.built_for);
  in_force[member.pods] |= std::uint64_t{1} << member.bit;
  return place(changed, in_force).answer;
}

/// By pods: the largest share of what all machines have of something that they ask for.
std::vector<double> shares_of(const Problem& problem) {
  std::vector<double> there(problem.amounts.size(), 0);
  for (const Machine& machine : problem.machines) {
    for (std::size_t a = 0; a < machine.has.size(); ++a)
      there[a] += static_cast<double>(machine.has[a]);
  }
  std::vector<double> out;
  for (const Pods& pods : problem.pods) {
    double most = 0;
    for (std::size_t a = 0; a < pods.needs.size(); ++a) {
      if (there[a] > 0)
        most = std::max(most, static_cast<double>(pods.needs[a]) * pods.count / there[a]);
    }
    out.push_back(most);
  }
  return out;
}

/// Those of the largest pods first: a conflict that begins with them has the fewest members.
std::vector<Constraint> candidates_of(const Problem& problem) {
  const std::vector<double> shares = shares_of(problem);
  std::vector<Constraint> out = listed(all_constraints(problem));
  std::stable_sort(out.begin(), out.end(), [&](const Constraint& a, const Constraint& b) {
    return shares[a.pods] > shares[b.pods];
  });
  return out;
}

/// What the largest pods ask for of one amount, as few of them as are too many for all machines together; empty where no
/// sum is too large.
std::vector<Constraint> over_sum(const Problem& problem,
                                 const std::vector<Constraint>& candidates) {
  for (std::size_t a = 0; a < problem.amounts.size(); ++a) {
    std::int64_t there = 0;
    for (const Machine& machine : problem.machines)
      there = sum_of(there, std::max<std::int64_t>(machine.has[a], 0));
    std::vector<Constraint> out;
    for (const Constraint& one : candidates) {
      if (one.bit == problem.amounts[a].bit && problem.pods[one.pods].needs[a] > 0)
        out.push_back(one);
    }
    const auto asked = [&](const Constraint& one) {
      return times(problem.pods[one.pods].needs[a], problem.pods[one.pods].count);
    };
    std::stable_sort(out.begin(), out.end(), [&](const Constraint& one, const Constraint& other) {
      return asked(one) > asked(other);
    });
    std::int64_t sum = 0;
    std::size_t taken = 0;
    while (taken < out.size() && sum <= there) sum = sum_of(sum, asked(out[taken++]));
    out.resize(taken);
    if (sum > there) return out;
  }
  return {};
}

/// Whether everything has a place without any one of them: of the first ones that are least, as far as a short search tells.
Answer without_one_of(const Problem& problem, const std::vector<Constraint>& members) {
  const std::size_t most = std::min(members.size(), kMostShown);
  for (std::size_t i = 0; i < most; ++i) {
    const Answer answer = without(problem, members, members.size() - 1 - i, kShortBudget);
    if (answer != Answer::placed) return answer;
  }
  return Answer::placed;
}

void sort_by_pods(std::vector<Constraint>& members) {
  std::sort(members.begin(), members.end(), [](const Constraint& a, const Constraint& b) {
    return a.pods != b.pods ? a.pods < b.pods : a.bit < b.bit;
  });
}

}  // namespace

Conflict conflict_of(const Problem& problem) {
  Reduction reduction(problem);
  Conflict out;
  const std::vector<Constraint> all = candidates_of(problem);
  if (all.empty()) return out;  // there are no machines at all
  const std::vector<Constraint> sum = over_sum(problem, all);
  const Answer less = sum.empty() ? Answer::impossible : without_one_of(problem, sum);
  if (less != Answer::impossible) {
    out.members = sum;
    out.irreducible = less == Answer::placed && sum.size() <= kMostShown;
    sort_by_pods(out.members);
    return out;
  }
  out.members = reduction.needed({}, false, sum.empty() ? all : sum);
  sort_by_pods(out.members);
  if (reduction.spent()) {
    out.irreducible = false;
    return out;
  }
  // A question may have been left undecided on the way: then a member too many has stayed.
  for (std::size_t i = 0; i < out.members.size();) {
    switch (without(problem, out.members, i)) {
      case Answer::impossible:
        out.members.erase(out.members.begin() + static_cast<std::ptrdiff_t>(i));
        break;
      case Answer::undecided:
        out.irreducible = false;
        ++i;
        break;
      case Answer::placed: ++i; break;
    }
  }
  return out;
}

std::vector<Mend> mends_of(const Problem& problem, const Conflict& conflict, std::size_t most) {
  std::vector<Mend> out;
  std::size_t tried = 0;
  for (const Constraint& member : conflict.members) {
    if (out.size() == most || ++tried > kMostTried) break;
    const Constraints in_force = all_but(problem, member);
    if (let_go(problem, in_force, member) != Answer::placed) continue;
    if (member.bit == kPorts) {
      if (const auto mend = mend_of_ports(problem, in_force, member)) out.push_back(*mend);
      continue;
    }
    Mend mend{member, std::nullopt};
    if (member.bit >= kAmount) {
      mend.at_most = largest_that_fits(problem, member);
      if (!mend.at_most) continue;
    }
    out.push_back(mend);
  }
  return out;
}

std::optional<std::size_t> asked_amount(const Problem& problem, const Constraint& constraint) {
  const Amounts& needs = problem.pods[constraint.pods].needs;
  for (std::size_t a = 0; a < needs.size(); ++a) {
    if (problem.amounts[a].bit == constraint.bit && needs[a] > 0) return a;
  }
  return std::nullopt;
}

}  // namespace hlab::placement
