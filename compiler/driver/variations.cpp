#include "compiler/driver/variations.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_set>

#include "compiler/diag/suggest.h"
#include "compiler/driver/all_diags.h"
#include "compiler/driver/declared_rules.h"
#include "compiler/driver/one_expression.h"
#include "compiler/driver/test_diags.h"
#include "compiler/driver/varied_findings.h"
#include "compiler/driver/waiver_diags.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/message_text.h"
#include "compiler/evaluate/variation_diags.h"
#include "compiler/inspect/value_text.h"
#include "compiler/values/comparison.h"

namespace hlab::driver {
namespace {

using evaluate::Override;
using syntax::Entry;
using syntax::EntryId;
using values::Value;
using values::ValueKind;

/// The value as text that two runs can compare.
std::string shown(const Compilation& run, const Value& value) {
  const model::View context(run.program, run.lab, values::InstanceId());
  std::string text = inspect::plain_text(context, value);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

/// A `Yaml`, or a map of them.
bool holds_tree(const Compilation& run, types::TypeId id) {
  using enum types::TypeKind;
  for (auto kind = run.program.types[id].kind; kind == optional || kind == map;
       kind = run.program.types[id].kind)
    id = run.program.types[id].a;
  return run.program.types[id].kind == yaml;
}

/// Whether it has no entries, nor will have any.
bool is_plain(const Value& at) {
  return !at.is(ValueKind::absent) && !at.is(ValueKind::null) && !at.is(ValueKind::error) &&
         !at.is(ValueKind::unlearned);
}

/// What stands at the path of an override without it. Names and top-level instances have the same ids
/// in the lab and in its variation, for both read the same files in the same order.
/// `missing`: the path goes through an entry that its map has not. In trees, whatever may be, but below a number or text.
Value value_before(Compilation& base, const Compilation& run, const Override& change,
                   bool& missing) {
  bool free_form = false;
  const Entry& e = run.ast.entries[change.entry];
  values::InstanceId target = change.target;
  std::uint32_t begin = change.skip;
  if (change.offer.valid()) {
    target = evaluate::find_claimed(base.program, base.lab, change.target,
                                    run.program.text(run.program.functions[change.offer].name),
                                    run.program.text(change.claimed));
    if (!target.valid()) target = change.target, begin -= 2;
  }
  Value at = values::make_instance(target, syntax::ExprId());
  for (std::uint32_t i = begin; i < e.path.count; ++i) {
    const std::uint32_t index = e.path.begin + i;
    if (run.program.segment_instances[index] == program::kThroughModule) continue;
    const syntax::Segment& segment = run.ast.segments[index];
    if (at.is(ValueKind::instance)) {
      const values::InstanceId owner = at.as_instance();
      const std::uint32_t field = base.program.field(base.lab.instances[owner].kind, segment.name);
      missing = missing || field == program::kNoField;  // what the variation alone claims
      if (field == program::kNoField) return values::make(ValueKind::absent, {});
      at = base.evaluator->field(owner, field, {});
      free_form = holds_tree(base,
                             base.program.kinds[base.lab.instances[owner].kind].fields[field].type);
    } else if (at.is(ValueKind::map)) {
      run.evaluator->counts_left_out = true;
      const values::MapKey key = run.evaluator->key_of(index, change.context);
      run.evaluator->counts_left_out = false;
      const Value* found = at.map->find(key);
      missing = missing || (found == nullptr && !free_form);
      if (found == nullptr) return values::make(ValueKind::absent, {});
      at = *found;
    } else {
      missing = missing || (free_form && is_plain(at));
      return values::make(ValueKind::absent, {});
    }
  }
  return at;
}

bool is_number(const Value& value) {
  return value.is(ValueKind::integer) || value.is(ValueKind::floating);
}

/// Whether the value of the variation is the one that stands there: `1` is `1.0`, where a Float is wanted.
bool is_same(const Compilation& base, const Value& before, const Compilation& run,
             const Value& said) {
  if (is_number(before) && is_number(said)) return values::compare_equal(before, said).same;
  if (!before.is(ValueKind::list) || !said.is(ValueKind::list))
    return shown(base, before) == shown(run, said);
  return std::equal(before.list->items.begin(), before.list->items.end(), said.list->items.begin(),
                    said.list->items.end(),
                    [&](const Value& a, const Value& b) { return is_same(base, a, run, b); });
}

/// Whether the variation declares it itself: the lab has nothing to compare with.
bool is_own(const Compilation& base, const Compilation& run, values::InstanceId id) {
  return id.index >= base.lab.instances.size() ||
         base.lab.instances[id].entry != run.lab.instances[id].entry ||
         base.lab.instances[id].name != run.lab.instances[id].name;
}

bool declares_own(const Compilation& base, const Compilation& run) {
  for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
    const values::InstanceId id(i);
    const program::Instance& one = run.lab.instances[id];
    if (!one.owner.valid() && one.entry.valid() && is_own(base, run, id)) return true;
  }
  return false;
}

/// Whether the lab itself says the field that the override is about, or a part of it.
bool is_said(const Compilation& base, const Compilation& run, const Override& change) {
  const Entry& e = run.ast.entries[change.entry];
  if (change.skip >= e.path.count) return true;
  const syntax::Segment& segment = run.ast.segments[e.path.begin + change.skip];
  const std::uint32_t field = base.program.field(base.lab.instances[change.target].kind,
                                                 segment.name);
  if (field == program::kNoField) return true;
  const syntax::EntryId by = base.lab.slot(change.target, field).set_by;
  return by.valid() && !base.sources.file(base.ast.entries[by].span.file).is_library;
}

/// The two values that an override says.
struct Sides {
  Value replaced;  // absent for `any`
  Value now;
};

std::vector<Sides> sides_of(Compilation& run) {
  std::vector<Sides> out;
  if (run.overrides.empty()) return out;
  for (const Override& change : run.overrides) {
    const Entry& e = run.ast.entries[change.entry];
    Sides sides{values::make(ValueKind::absent, {}), {}};
    if (e.message.valid()) {
      run.evaluator->counts_left_out = true;
      sides.replaced = run.evaluator->value(e.message, change.context);
      run.evaluator->counts_left_out = false;
    }
    sides.now = run.evaluator->value(e.value, change.context);
    out.push_back(sides);
  }
  run.evaluator->all_fields();  // of records that they have made
  return out;
}

/// Each override says what it replaces, and replaces it by something else.
void compare_overrides(Compilation& base, Compilation& run) {
  const std::vector<Sides> sides = sides_of(run);
  const bool declares = !sides.empty() && declares_own(base, run);
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Override& change = run.overrides[i];
    const Entry& e = run.ast.entries[change.entry];
    if (is_own(base, run, change.target)) {
      run.diags.report(evaluate::kNoOverridePlace, e.name_span, run.sources.text(e.name_span))
          .help("it is declared here, so its value can be set where it is");
      continue;
    }
    bool missing = false;
    const Value today = value_before(base, run, change, missing);
    const std::string before = shown(base, today);
    const std::string_view path = run.sources.text(e.name_span);
    if (missing) {
      run.diags.report(evaluate::kNoOverridePlace, e.name_span, path)
          .help("an override replaces what the lab has: add an entry in the declaration itself");
      continue;
    }
    if (e.message.valid()) {
      const Value& stated = sides[i].replaced;
      if (!stated.is(ValueKind::error) && !is_same(base, today, run, stated)) {
        const std::string said = stated.is(ValueKind::unlearned)
                                     ? std::string(run.sources.text(run.ast.exprs[e.message].span))
                                     : shown(run, stated);
        run.diags
            .report(evaluate::kOverrideMoved, run.ast.exprs[e.message].span, path, before, said)
            .help("look at both, then state the value of today, or `any`");
        continue;
      }
    }
    const Value& now = sides[i].now;
    // What a default gives may be another value beside what the variation declares.
    if (declares && !is_said(base, run, change)) continue;
    if (!now.is(ValueKind::error) && is_same(base, today, run, now)) {
      run.diags.report(evaluate::kOverrideUseless, e.name_span, path, before)
          .help("take the override away, or give another value");
    }
  }
}

std::unique_ptr<Compilation> vary(Compilation& base, CompileRequest request, EntryId variation,
                                  bool types_only) {
  request.variation = variation;
  request.types_only = types_only;
  auto run = compile_lab(request);
  if (!types_only && !run->diags.has_errors()) compare_overrides(base, *run);
  std::vector<EntryId> variations = request.beside;
  variations.insert(variations.begin(), variation);
  own_findings(base, *run, variations);
  return run;
}

/// What a rule is called in diagnostics, by its code or its name.
std::string_view code_of(const Compilation& run, std::string_view named) {
  const diag::Registry known = with_declared(all_diagnostics(), run);
  const diag::DiagInfo* rule = known.find(named);
  return rule != nullptr ? rule->code : named;
}

Symbol rule_of(const Compilation& run, const evaluate::VariationEntry& expectation) {
  return check::Checker::expected_rule(run.ast, run.ast.entries[expectation.entry],
                                       expectation.scope);
}

/// The codes that a test expects; what it expects is no fault of the lab.
std::vector<std::string_view> expected_codes(const Compilation& run) {
  std::vector<std::string_view> codes;
  for (const evaluate::VariationEntry& one : run.expectations) {
    const Symbol rule = one.scope.untaken ? Symbol() : rule_of(run, one);
    if (rule.valid()) codes.push_back(code_of(run, run.program.text(rule)));
  }
  return codes;
}

/// No lab can break a rule that there is not.
void check_expected(Compilation& base, const Compilation& run) {
  if (has_broken_rule(base.program, base.diags)) return;  // it may be the one that is meant
  const diag::Registry registry = with_declared(all_diagnostics(), base);
  std::set<std::uint32_t> told;
  for (const evaluate::VariationEntry& one : run.expectations) {
    const Symbol rule = rule_of(run, one);
    if (!rule.valid() || !told.insert(one.entry.index).second) continue;
    const std::string_view named = run.program.text(rule);
    if (registry.find(named) != nullptr) continue;
    base.diags.report(kUnknownWaiver, run.ast.entries[one.entry].name_span, named)
        .suggest(near_rule(registry, named));
  }
}

bool contains(const std::vector<std::string_view>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string called(const Compilation& run, EntryId variation) {
  const Entry& e = run.ast.entries[variation];
  const std::string_view name = run.program.text(e.name);
  return e.kind == syntax::EntryKind::site ? fmt::format("site `{}`", name)
                                           : fmt::format("test \"{}\"", name);
}

/// Adds what the variations have and the lab has not, and keeps the run where there is any: the texts of its rules
/// live there.
void add_findings(Compilation& base, std::unique_ptr<Compilation> run,
                  const std::vector<EntryId>& variations,
                  const std::vector<std::string_view>& expected) {
  const KnownFindings known(base.diags);
  bool adds = run->ast.entries[variations.front()].kind == syntax::EntryKind::site;
  for (const diag::Diagnostic* item : run->diags.sorted()) {
    if (contains(expected, item->info->code) || known.have(*item)) continue;
    const EntryId variation = variation_at(run->ast, variations, item->at);
    base.diags.copy(*item).note(fmt::format("in {}", called(*run, variation)));
    adds = true;
  }
  if (adds) base.variations.push_back(std::move(run));
}

/// Whether it is the lab itself that the test looks at: it asks for values, and changes nothing.
bool looks_only(const Compilation& base, EntryId test) {
  const auto body = syntax::view(base.ast.entry_lists, base.ast.entries[test].body);
  return std::all_of(body.begin(), body.end(), [&](EntryId id) {
    const Entry& e = base.ast.entries[id];
    return e.kind == syntax::EntryKind::expect && e.value.valid() &&
           base.ast.exprs[e.value].kind != syntax::ExprKind::name;
  });
}

/// The operands of a comparison that failed: `left is 3`.
void explain_operands(Compilation& run, syntax::ExprId id, const program::Context& context,
                      diag::Report& report) {
  const syntax::Expr& e = run.ast.exprs[id];
  if (e.kind != syntax::ExprKind::binary) return;
  for (const syntax::ExprId side : {syntax::ExprId(e.a), syntax::ExprId(e.b)}) {
    const syntax::ExprKind kind = run.ast.exprs[side].kind;
    const bool literal = kind == syntax::ExprKind::integer || kind == syntax::ExprKind::string ||
                         kind == syntax::ExprKind::domain || kind == syntax::ExprKind::boolean;
    const Value v = run.evaluator->value(side, context);
    run.evaluator->all_fields();  // of a record that it has made
    if (!literal && !v.hollow()) report.label(run.ast.exprs[side].span, "this is " + shown(run, v));
  }
}

/// What a test asks where the faults that it expects leave no value to ask for.
void report_unknowable(Compilation& run, const Entry& e) {
  run.diags
      .report(kExpectationFailed, run.ast.exprs[e.value].span, "nobody knows whether this holds")
      .help("what the test expects to be wrong leaves no value here: ask in a test of its own");
}

void judge_value(Compilation& run, const evaluate::VariationEntry& expectation) {
  const Entry& e = run.ast.entries[expectation.entry];
  if (!has_values(run)) return report_unknowable(run, e);
  program::Context context = expectation.context;
  const evaluate::Entered around = run.evaluator->enter(context);
  const std::size_t errors = run.diags.error_count();
  evaluate::Hollow hollow;
  if (run.evaluator->condition(e.value, context, &hollow) || run.diags.error_count() != errors)
    return;
  if (hollow && hollow->is(ValueKind::error)) return report_unknowable(run, e);
  std::optional<std::string> said;
  if (e.message.valid())
    said = evaluate::message_text(*run.evaluator, run.program, e.message, expectation.context);
  const std::string message = said.value_or("this does not hold");
  auto report = run.diags.report(kExpectationFailed, run.ast.exprs[e.value].span, message);
  explain_operands(run, e.value, expectation.context, report);
  run.evaluator->trace(report, run.ast.exprs[e.value].span, message);
}

/// Takes what was expected out of the findings; what is left makes the test fail.
void judge(Compilation& run, const std::vector<std::string_view>& codes) {
  std::vector<std::string_view> seen;
  run.diags.remove_if([&](const diag::Diagnostic& item) {
    const bool expected = contains(codes, item.info->code);
    if (expected) seen.push_back(item.info->code);
    return expected || item.severity == diag::Severity::warning;
  });
  if (run.diags.has_errors()) return;
  for (const evaluate::VariationEntry& one : run.expectations) {
    if (one.scope.untaken) continue;
    const Entry& e = run.ast.entries[one.entry];
    const Symbol rule = rule_of(run, one);
    if (!rule.valid()) {
      judge_value(run, one);
    } else if (!contains(seen, code_of(run, run.program.text(rule)))) {
      run.diags.report(kNotRaised, e.name_span, run.program.text(rule));
    }
  }
  run.evaluator->count_ways();
}

/// One pass for tests that change nothing.
std::unique_ptr<Compilation> vary_all(Compilation& base, CompileRequest request,
                                      const std::vector<EntryId>& tests, bool types_only) {
  request.beside.assign(tests.begin() + 1, tests.end());
  return vary(base, request, tests.front(), types_only);
}

/// Tests of one pass, and those that hold there. One that does not is run by itself, and told so.
struct Together {
  std::shared_ptr<Compilation> run;
  std::unordered_set<std::uint32_t> passed;  // EntryIds
};

bool holds_here(Compilation& run, const evaluate::VariationEntry& expectation) {
  program::Context context = expectation.context;
  const evaluate::Entered around = run.evaluator->enter(context);
  const std::size_t errors = run.diags.error_count();
  const bool holds = run.evaluator->condition(run.ast.entries[expectation.entry].value, context);
  return holds && run.diags.error_count() == errors;
}

Together judge_together(std::unique_ptr<Compilation> run, const std::vector<EntryId>& tests) {
  Together out;
  if (!has_values(*run) || run->diags.has_errors()) return out;
  for (const EntryId test : tests) out.passed.insert(test.index);
  const std::uint64_t spent = run->evaluator->steps();
  for (const evaluate::VariationEntry& one : run->expectations) {
    const EntryId test = variation_at(run->ast, tests, run->ast.entries[one.entry].span);
    run->evaluator->begin_at(spent);
    if (!one.scope.untaken && !holds_here(*run, one)) out.passed.erase(test.index);
  }
  run->diags = {};
  out.run = std::move(run);
  return out;
}

bool is_unused_waiver(const diag::Diagnostic& item) { return item.info == &kUnusedWaiver.info; }

/// What a site or a test needs waives something, though the lab itself has no need of it.
void spare_waivers(Compilation& base, const Compilation& run) {
  const std::vector<Span>& used = run.used_waivers;
  base.diags.remove_if([&](const diag::Diagnostic& item) {
    return is_unused_waiver(item) && std::find(used.begin(), used.end(), item.at) != used.end();
  });
}

/// Where something is wrong in the site, nobody knows what it needs.
void spare_waivers_of_site(Compilation& base, const Compilation& run) {
  if (run.waivers_judged) return spare_waivers(base, run);
  base.diags.remove_if(is_unused_waiver);
}

bool has_unused_waivers(const Compilation& base) {
  const auto found = base.diags.sorted();
  return std::any_of(found.begin(), found.end(),
                     [](const diag::Diagnostic* item) { return is_unused_waiver(*item); });
}

/// An entry that a site gives is no slip of letters.
void spare_given(Compilation& base, const std::vector<Span>& given) {
  if (given.empty()) return;
  base.diags.remove_if([&](const diag::Diagnostic& item) {
    return item.info == &evaluate::kNoSuchEntry.info &&
           std::find(given.begin(), given.end(), item.at) != given.end();
  });
}

}  // namespace

std::unique_ptr<Compilation> check_site(const CompileRequest& request, const std::string& site) {
  auto base = compile_lab(request);
  if (base->diags.has_errors()) return base;
  std::vector<std::string_view> names;
  for (const EntryId id : base->sites) {
    const std::string_view name = base->program.text(base->ast.entries[id].name);
    names.push_back(name);
    if (name != site) continue;
    CompileRequest of_site = request;
    of_site.site = site;
    return vary(*base, of_site, id, false);
  }
  base->diags.report(evaluate::kUnknownSite, {}, site).suggest(diag::closest(site, names));
  base->evaluator.reset();  // the lab's own values are none of a site
  return base;
}

void check_variations(Compilation& base, const CompileRequest& request) {
  const bool types_only = base.diags.has_errors();  // values of a wrong lab would repeat its errors
  std::vector<Span> given;
  for (const EntryId id : base.sites) {
    CompileRequest of_site = request;
    of_site.site = base.program.text(base.ast.entries[id].name);
    auto run = vary(base, of_site, id, types_only);
    if (!types_only && run->evaluator) {
      for (const Span place : base.evaluator->left_out_but_in(*run->evaluator))
        given.push_back(place);
    }
    if (!types_only) spare_waivers_of_site(base, *run);
    add_findings(base, std::move(run), {id}, {});
  }
  spare_given(base, given);
  std::vector<EntryId> looking;
  for (const EntryId id : base.tests) {
    if (looks_only(base, id)) {
      looking.push_back(id);
      continue;
    }
    if (has_unused_waivers(base)) spare_waivers(base, *vary(base, request, id, false));
    auto run = vary(base, request, id, true);
    check_expected(base, *run);
    const auto expected = expected_codes(*run);
    add_findings(base, std::move(run), {id}, expected);
  }
  if (!looking.empty()) add_findings(base, vary_all(base, request, looking, true), looking, {});
}

std::vector<TestResult> run_tests(Compilation& base, const CompileRequest& request,
                                  const std::string& filter) {
  std::vector<EntryId> chosen, looking;
  for (const EntryId id : base.tests) {
    if (base.program.text(base.ast.entries[id].name).find(filter) == std::string_view::npos)
      continue;
    chosen.push_back(id);
    if (looks_only(base, id)) looking.push_back(id);
  }
  Together together;
  if (looking.size() > 1)
    together = judge_together(vary_all(base, request, looking, false), looking);
  std::vector<TestResult> results;
  for (const EntryId id : chosen) {
    const Entry& e = base.ast.entries[id];
    const std::string name(base.program.text(e.name));
    if (together.passed.contains(id.index)) {
      results.push_back({name, e.name_span, true, together.run});
      continue;
    }
    auto run = vary(base, request, id, false);
    judge(*run, expected_codes(*run));
    const bool passed = !run->diags.has_errors();
    results.push_back({name, e.name_span, passed, std::move(run)});
  }
  return results;
}

}  // namespace hlab::driver
