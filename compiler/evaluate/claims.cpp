// Claims: `db.database("tasks")` makes an instance that `db` holds, known by its first argument.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/check/claim_diags.h"
#include "compiler/evaluate/claim_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/program/owners.h"
#include "compiler/values/comparison.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Expr;
using syntax::ExprKind;

/// Whether anything in the lab or its library claims at all: then every value has to be looked at.
bool Evaluator::has_claims() const {
  return std::any_of(program_.resolutions.begin(), program_.resolutions.end(),
                     [](const Resolution& how) { return how.kind == ResolutionKind::claim; });
}

void Evaluator::settle_claims() {
  if (!has_claims()) return;
  for (std::uint32_t i = 0; i < lab_.instances.size();
       ++i) {  // grows: what is made may claim in turn
    const InstanceId id(i);
    if (!lab_.instances[id].settled) continue;
    for (std::uint32_t f = 0; f < lab_.instances[id].slot_count; ++f) {
      const Slot& slot = lab_.slot(id, f);
      if (slot.shape == SlotShape::expression) claims_in(slot.value, slot.context, id);
      if (slot.shape != SlotShape::fragments) continue;
      // What claims makes instances, and slots may move.
      for (std::size_t k = 0; k < lab_.slot(id, f).fragments.size(); ++k) {
        const Fragment piece = lab_.slot(id, f).fragments[k];
        claims_in(piece.entry.valid() ? ast().entries[piece.entry].value : piece.whole,
                  piece.context, id);
      }
    }
  }
}

void Evaluator::claims_in(ExprId id, const Context& context, InstanceId claimer) {
  if (!id.valid()) return;
  const Expr e = ast().exprs[id];
  if (e.kind == ExprKind::because || e.kind == ExprKind::only)
    return claims_in(ExprId(e.a), context, claimer);
  if (e.kind == ExprKind::call && program_.resolutions[id.index].kind == ResolutionKind::claim) {
    return claim(id, context, claimer);
  }
  if (e.kind != ExprKind::list) return;
  for (const ExprId item : syntax::view(ast().expr_lists, e.list))
    claims_in(item, context, claimer);
}

Claim* Evaluator::find_claim(InstanceId owner, FunctionId offer, Symbol name, bool planned) {
  const auto known = claims_.find({owner.index, offer.index, name.index, planned});
  return known == claims_.end() ? nullptr : &lab_.claims[known->second];
}

void Evaluator::claim(ExprId call, const Context& context, InstanceId claimer) {
  const FunctionId offer(program_.resolutions[call.index].a);
  const Function& function = program_.functions[offer];
  const Entered claiming(frames_, {Frame::Kind::value, context.env, claimer});
  const InstanceId owner(program_.resolutions[ast().exprs[ExprId(ast().exprs[call].a)].a].a);
  const auto given = arguments(call, function, context, owner);
  if (!given || !owner.valid() || !given->front().is(ValueKind::string)) return;
  const Span at = ast().exprs[call].span;
  const Symbol name = program_.symbols->intern(given->front().as_text());
  const InstanceId by = top_of(lab_, claimer);
  const bool planned = lab_.instances[by].planned || lab_.instances[owner].planned;
  if (const Claim* known = find_claim(owner, offer, name, planned)) {
    const bool equal = std::equal(
        given->begin(), given->end(), known->arguments.begin(),
        [](const Value& a, const Value& b) { return values::compare_equal(a, b).same; });
    if (known->by == by && equal) return;
    const std::string what = path(known->made);
    const std::string_view how = known->by == by ? "with other arguments"
                                                 : "by another declaration";
    auto report = diags_.report(kClaimedTwice, at, what, how);
    report.label(ast().exprs[known->call].span, "claimed here first");
    if (known->by != by)
      report.note(fmt::format("`{}` claims it, and `{}`", path(known->by), path(by)));
    return;
  }
  if (claims_without_end(call, claimer) || is_held(owner, function.name, name, at)) return;
  making_ = static_cast<std::uint16_t>(within(claimer) + 1);
  const InstanceId made = create(function.makes, name, owner, function.name, at);
  making_ = 0;
  lab_.instances[made].planned = planned;
  lab_.instances[made].gone = lab_.instances[owner].gone || lab_.instances[by].gone;
  const Env* env = nullptr;
  for (const Value& one : *given) env = lab_.extend(env, one);
  apply_body(made, ast().entries[function.entry].body, {owner, env});
  const auto [first, last] =
      overrides_of_claims.equal_range({owner.index, function.name.index, name.index});
  for (auto it = first; it != last; ++it) apply_override(made, it->second);
  finish(made);
  claims_[{owner.index, offer.index, name.index, planned}] = lab_.claims.size();
  lab_.claims_of.emplace(owner.index, static_cast<std::uint32_t>(lab_.claims.size()));
  lab_.claims.push_back({owner, offer, name, made, by, call, *given});
}

const MapEntry* Evaluator::held(InstanceId owner, Symbol offer, Symbol name) const {
  const std::uint32_t field = program_.field(lab_.instances[owner].kind, offer);
  if (field == kNoField) return nullptr;
  const auto& entries = lab_.slot(owner, field).entries;
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const MapEntry& entry) {
    return entry.nested.valid() && name_of(entry.key) == name;
  });
  return found == entries.end() ? nullptr : &*found;
}

/// What is claimed lies beside what the owner holds by itself.
bool Evaluator::is_held(InstanceId owner, Symbol as, Symbol name, Span claimed) {
  const MapEntry* entry = held(owner, as, name);
  if (entry == nullptr) return false;
  diags_.report(check::kDeclaredTwice, claimed, text(as), text(name))
      .label(entry->span, "declared here first");
  has_broken_bodies = true;
  told_claims_.insert({owner.index, as.index, name.index});
  return true;
}

Value Evaluator::claimed(ExprId call, const Context& context) {
  const FunctionId offer(program_.resolutions[call.index].a);
  const InstanceId owner(program_.resolutions[ast().exprs[ExprId(ast().exprs[call].a)].a].a);
  const auto given = arguments(call, program_.functions[offer], context, owner);
  if (!given || !given->front().is(ValueKind::string)) return values::make(ValueKind::error, call);
  const Symbol name = program_.symbols->intern(given->front().as_text());
  for (const bool planned : {false, true}) {
    if (const Claim* known = find_claim(owner, offer, name, planned))
      return instance_value(call, known->made, context);
  }
  const Symbol as = program_.functions[offer].name;
  const bool told = told_depth_ || told_claims_.contains({owner.index, as.index, name.index});
  if (told) return values::make(ValueKind::error, call);
  diags_.report(check::kMisplacedClaim, ast().exprs[call].span,
                program_.text(program_.functions[offer].name), "here nothing can be made");
  return values::make(ValueKind::error, call);
}

}  // namespace hlab::evaluate
