#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emit/vendored/schema_checker.h"

namespace hlab::emit {

void SchemaChecker::check_forms(const Json& schema, const Place& place) {
  if (const auto all = schema.find("allOf"); all != schema.end() && all->is_array()) {
    for (const Json& one : *all) {
      Place form = place;
      form.branch = true;
      ++form.depth;
      check(one, std::move(form));
    }
  }
  if (const auto forms = schema.find("anyOf"); forms != schema.end())
    check_one_of(*forms, false, place);
  if (const auto forms = schema.find("oneOf"); forms != schema.end())
    check_one_of(*forms, true, place);
  if (const auto unwanted = schema.find("not"); unwanted != schema.end()) {
    const Fit fit = try_form(*unwanted, place).fit;
    if (fit == Fit::unsure) unsure_ = true;
    if (fit == Fit::fits) tell(place, "has a form that is ruled out");
  }
  check_condition(schema, place);
}

/// A form by itself: what it finds does not count.
SchemaChecker::Tried SchemaChecker::try_form(const Json& form, Place place) {
  place.branch = true;
  ++place.depth;
  return tried([&] { check(form, std::move(place)); });
}

SchemaChecker::Tried SchemaChecker::tried(const std::function<void()>& check) {
  std::vector<SchemaProblem> before = std::exchange(problems_, {});
  const bool unsure_before = std::exchange(unsure_, false);
  check();
  Tried tried{unsure_ ? Fit::unsure : Fit::fits, std::exchange(problems_, std::move(before))};
  if (!tried.problems.empty()) tried.fit = Fit::wrong;
  unsure_ = unsure_before;
  return tried;
}

void SchemaChecker::check_one_of(const Json& forms, bool exactly, const Place& place) {
  if (!forms.is_array() || forms.empty()) return;
  std::vector<Tried> tried;
  for (const Json& form : forms) {
    tried.push_back(try_form(form, place));
    if (!exactly && tried.back().fit == Fit::fits) return;
  }
  const auto count = [&](Fit fit) {
    return std::count_if(tried.begin(), tried.end(),
                         [&](const Tried& one) { return one.fit == fit; });
  };
  const auto fitting = count(Fit::fits);
  if (fitting > 1) {
    tell(place, fmt::format("has {} of the forms that are possible, and one is wanted", fitting));
  } else if (count(Fit::unsure) > 0) {
    unsure_ = true;
  } else if (fitting == 0) {
    tell_no_form(std::move(tried), place);
  }
}

/// In the words of the one form that was meant, where that can be seen.
void SchemaChecker::tell_no_form(std::vector<Tried> tried, const Place& place) {
  std::string lacking;
  std::vector<Tried*> meant;  // right at this place, and wrong further down
  bool only_lacks = true;
  for (Tried& one : tried) {
    const SchemaProblem& first = one.problems.front();
    only_lacks = only_lacks && one.problems.size() == 1 && !first.lacking.empty() &&
                 first.path == place.path;
    lacking += fmt::format("{}`{}`", lacking.empty() ? "" : ", ", first.lacking);
    const auto deeper = [&](const SchemaProblem& problem) { return problem.path != place.path; };
    if (std::all_of(one.problems.begin(), one.problems.end(), deeper)) meant.push_back(&one);
  }
  if (tried.size() == 1) meant = {&tried.front()};
  if (meant.size() == 1) {
    for (SchemaProblem& problem : meant.front()->problems) problems_.push_back(std::move(problem));
  } else if (only_lacks) {
    tell(place, "needs one of " + lacking);
  } else {
    tell(place, fmt::format("has none of the {} forms that are possible", tried.size()));
  }
}

void SchemaChecker::check_condition(const Json& schema, const Place& place) {
  const auto condition = schema.find("if");
  if (condition == schema.end()) return;
  const Fit fit = try_form(*condition, place).fit;
  if (fit == Fit::unsure) {
    unsure_ = true;
    return;
  }
  const auto wanted = schema.find(fit == Fit::fits ? "then" : "else");
  if (wanted == schema.end()) return;
  Place form = place;
  form.branch = true;
  ++form.depth;
  check(*wanted, std::move(form));
}

}  // namespace hlab::emit
