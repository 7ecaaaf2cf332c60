// `check` in kinds and policies: what one instance can know is checked by its own kind.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/evaluate/message_text.h"
#include "compiler/syntax/parts.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Entry;
using syntax::EntryKind;

namespace {

/// The fields of the instance itself that the expression names, each once.
std::vector<Symbol> fields_asked(const syntax::Ast& ast, ExprId whole) {
  std::vector<Symbol> names;
  std::vector<ExprId> open{whole};
  while (!open.empty()) {
    const syntax::Expr& e = ast.exprs[open.back()];
    open.pop_back();
    if (e.kind == syntax::ExprKind::self_field &&
        std::find(names.begin(), names.end(), Symbol(e.a)) == names.end()) {
      names.push_back(Symbol(e.a));
    }
    syntax::for_each_part(
        ast, e, [&](ExprId part) { open.push_back(part); }, [](EntryId) {});
  }
  return names;
}

}  // namespace

/// The declaration `rule NAME { code = "HL4103" ... }` of the library, as a DiagInfo.
const diag::DiagInfo* Evaluator::rule_info(Symbol name) {
  const auto known = rules_.find(name.index);
  if (known != rules_.end()) return known->second;
  const diag::DiagInfo* found = nullptr;
  for (const diag::DiagInfo* info : declared_rules) {
    if (info->name == text(name)) found = info;
  }
  rules_.emplace(name.index, found);
  return found;
}

/// A field that the check asks about was set, but what it was set to is absent.
void Evaluator::tell_absent(ExprId condition, InstanceId self, diag::Report& report) const {
  for (const Symbol name : fields_asked(ast(), condition)) {
    const std::uint32_t field = program_.field(lab_.instances[self].kind, name);
    if (field == kNoField) continue;
    const Slot& slot = lab_.slot(self, field);
    if (slot.state != SlotState::done || !slot.set_by.valid()) continue;
    if (!slot.result.is(ValueKind::absent) || slot.shape != SlotShape::expression) continue;
    if (sources_.file(ast().entries[slot.set_by].span.file).is_library) continue;
    report.label(ast().exprs[slot.value].span,
                 fmt::format("`{}` is set, but this comes out absent", text(name)));
  }
}

/// What a check says where it does not hold.
std::string Evaluator::message_of(ExprId id, const Context& context) {
  return message_text(*this, program_, id, context).value_or("a check does not hold");
}

void Evaluator::run_check(EntryId id, const Context& context, Span otherwise) {
  const Entry& e = ast().entries[id];
  const bool of_kind = context.self.valid() && context.env == nullptr;
  const program::Env* around = of_kind ? lab_.instances[context.self].env : context.env;
  const Entered checking = enter({context.self, around});
  Context inner = context;
  Hollow hollow;
  if (condition(e.value, inner, &hollow) || hollow) return;
  const std::string said = message_of(e.message, context);
  const diag::DiagInfo* info = e.name.valid() ? rule_info(e.name) : nullptr;
  // Where names or types are wrong, what looks unused may only be misspelt.
  if (has_broken_bodies && info != nullptr && info->severity == diag::Severity::warning) return;
  const std::vector<RoundOf> rounds = rounds_of_policy(context);
  const Span at = place_of_check(e.path, context, rounds, otherwise);
  auto report = diags_.add(info != nullptr ? *info : kCheckFailed.info, at, said);
  if (context.self.valid()) tell_absent(e.value, context.self, report);
  if (!sources_.file(e.span.file).is_library) {
    if (info != nullptr)
      report.help(fmt::format("`hlab explain {}` says more of this rule", info->name));
    const Span condition = ast().exprs[e.value].span;
    if (condition == at) {
      report.here("this does not hold");
    } else {
      report.label(condition, "this does not hold");
    }
  }
  // Whose `allow` would waive it.
  for (const RoundOf& round : rounds) {
    const Span named = place_in_lab(lab_.instances[round.instance].name_span, round.instance);
    const EntryId declared = lab_.instances[round.instance].entry;
    // `at w.size`, which the kind alone says.
    const bool elsewhere = !e.path.empty() && declared.valid() &&
                           ast().segments[e.path.begin].name == round.variable &&
                           !contains(ast().entries[declared].span, at);
    if (named.valid() && (e.path.empty() || elsewhere) && !is_of_library(named))
      report.label(named, fmt::format("about `{}`", path(round.instance)));
  }
  trace(report, at, said);
}

/// In a policy: what the loops around it go through, the innermost first.
std::vector<Evaluator::RoundOf> Evaluator::rounds_of_policy(const Context& context) const {
  std::vector<RoundOf> out;
  if (context.self.valid()) return out;
  for (const program::Env* env = context.env; env != nullptr; env = env->parent) {
    const program::Round* round = lab_.rounds.find(env);
    if (round != nullptr && env->value.is(ValueKind::instance))
      out.push_back({round->variable, env->value.as_instance()});
  }
  return out;
}

/// `at PATH` leads from the instance, in a policy from what a loop goes through.
Span Evaluator::place_of_check(Range path, const Context& context,
                               const std::vector<RoundOf>& rounds, Span otherwise) {
  InstanceId instance = context.self;
  Span at = otherwise;
  std::uint32_t i = 0;
  if (!instance.valid()) {
    const auto round = std::find_if(rounds.begin(), rounds.end(), [&](const RoundOf& one) {
      return !path.empty() && one.variable == ast().segments[path.begin].name;
    });
    if (round == rounds.end()) return otherwise;
    instance = round->instance;
    at = lab_.instances[instance].name_span;
    i = 1;
  }
  InstanceId holder = instance;
  for (; i < path.count; ++i) {
    const syntax::Segment& segment = ast().segments[path.begin + i];
    const std::uint32_t f = program_.field(lab_.instances[instance].kind, segment.name);
    if (f == kNoField) break;
    at = set_at(instance, f);
    const Slot& slot = lab_.slot(instance, f);
    if (slot.shape == SlotShape::nested) {
      instance = slot.nested;
      continue;
    }
    if (i + 1 == path.count) break;
    const Value pointed = field(instance, f, ExprId());
    if (!pointed.is(ValueKind::instance)) break;
    instance = holder = pointed.as_instance();
  }
  return place_in_lab(at, holder);
}

void Evaluator::run_checks() {
  const std::size_t count = lab_.instances.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    const InstanceId id(i);
    if (lab_.instances[id].planned || !lab_.instances[id].settled) continue;
    for (const KindId layer : program_.kinds[lab_.instances[id].kind].chain) {
      for (const EntryId check : program_.kinds[layer].checks) {
        run_check(check, {id, nullptr}, lab_.instances[id].name_span);
      }
    }
  }
  for (std::size_t i = 0, known = own_checks_.size(); i < known; ++i) {
    const OwnCheck own = own_checks_[i];
    const Instance& of = lab_.instances[own.of];
    if (!of.planned && of.settled) run_check(own.entry, own.context, of.name_span);
  }
}

/// Those that stand in a kind itself are run for each of its instances as they are.
void Evaluator::note_check(InstanceId target, EntryId id, const Context& context) {
  for (const KindId layer : program_.kinds[lab_.instances[target].kind].chain) {
    const auto& direct = program_.kinds[layer].checks;
    if (std::find(direct.begin(), direct.end(), id) != direct.end()) return;
  }
  own_checks_.push_back({target, id, context});
}

void Evaluator::policy_entries(Range entries, const Context& context) {
  for (const EntryId id : syntax::view(ast().entry_lists, entries)) {
    const EntryKind kind = ast().entries[id].kind;
    if (kind == EntryKind::check) run_check(id, context, ast().exprs[ast().entries[id].value].span);
    if (kind == EntryKind::assert_path) asserted.push_back(id);
    if (kind == EntryKind::loop || kind == EntryKind::branch) {
      for_each(id, context, [&](Range body, const Context& inner) { policy_entries(body, inner); });
    }
  }
}

void Evaluator::run_policy(EntryId policy) {
  policy_entries(ast().entries[policy].body, Context());
}

}  // namespace hlab::evaluate
