// Expressions: literals, operators, conditions, lists.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/diag/article.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/values/operators.h"
#include "compiler/values/scalar_text.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Expr;
using syntax::ExprKind;
using syntax::LiteralKind;
using syntax::Op;
using types::TypeKind;
using values::make;
using values::make_bool;
using values::make_number;

constexpr std::uint64_t kStepLimit = 10'000'000;
constexpr std::uint64_t kPartsOfStep = 16;
constexpr int kDepthLimit = 250'000;

bool Evaluator::step(ExprId id) {
  if (++steps_ == kStepLimit) {
    const Span at = id.valid() ? blamed(ast().exprs[id].span) : Span{};
    trace(diags_.report(kTooManySteps, at).here("here it stopped"), at, "");
  }
  return steps_ < kStepLimit;
}

/// Copying costs too, though it is one operation: memory ends as steps do.
void Evaluator::charge(const Value& made) {
  std::uint64_t cost = 0;
  if (made.is(ValueKind::list)) cost = made.list->items.size() / 4;
  if (made.is(ValueKind::map)) cost = made.map->items.size() / 4;
  if (made.is(ValueKind::string)) cost = made.as_text().size() / 64;
  if (steps_ + cost < kStepLimit) {
    steps_ += cost;
  } else {
    steps_ = std::max(steps_, kStepLimit - 1);  // told at the next step
  }
}

bool Evaluator::look(std::size_t parts) {
  looked_ += parts;
  steps_ = std::max(steps_, std::min(steps_ + looked_ / kPartsOfStep, kStepLimit - 1));
  looked_ %= kPartsOfStep;
  return steps_ < kStepLimit - 1;
}

/// What comes of a list that would be longer than one may be.
std::optional<Value> Evaluator::too_long(std::size_t length, ExprId id) {
  if (length <= values::kListLimit) return std::nullopt;
  return failed(id, values::list_problem(length));
}

Value Evaluator::failed(ExprId id, std::string problem) {
  const Span at = ast().exprs[id].span;
  const Span blame = blamed(at);
  if (is_enough(blame, problem)) return make(ValueKind::error, id);
  auto report = diags_.report(kNoValue, blame, problem);
  if (blame != at) report.label(at, "computed here");
  trace(report, blame, problem);
  return make(ValueKind::error, id);
}

bool Evaluator::too_deep(int depth, ExprId id) {
  if (depth <= kDepthLimit) return false;
  const Span at = id.valid() ? blamed(ast().exprs[id].span) : Span{};
  if (!told_depth_) trace(diags_.report(kTooDeep, at, "250,000 steps"), at, "");
  told_depth_ = true;
  return true;
}

Value Evaluator::value(ExprId id, const Context& context) {
  if (!id.valid() || !step(id)) return make(ValueKind::error, id);
  deepest_ = std::max(deepest_, depth_);
  if (too_deep(depth_, id)) return make(ValueKind::error, id);
  ++depth_;
  Value result = evaluate(id, context);
  --depth_;
  return result;
}

Value Evaluator::evaluate(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  const Resolution& how_resolved = program_.resolutions[id.index];
  if (how_resolved.kind == ResolutionKind::none && how_resolved.a == kPoisoned) {
    return make(ValueKind::error, id);
  }
  switch (e.kind) {
    case ExprKind::error:
    case ExprKind::spread: return make(ValueKind::error, id);
    case ExprKind::boolean: return make_bool(e.a != 0, id);
    case ExprKind::integer:
    case ExprKind::floating:
    case ExprKind::string:
    case ExprKind::domain: return literal(id);
    case ExprKind::interpolation: return interpolation(id, context);
    case ExprKind::name: return name(id, context);
    case ExprKind::self_field:
    case ExprKind::member: return member(id, context);
    case ExprKind::self: return values::make_instance(context.self, id);
    case ExprKind::index: return index(id, context);
    case ExprKind::call: return call(id, context);
    case ExprKind::refine:
    case ExprKind::tree: {
      const Resolution& how = program_.resolutions[id.index];
      if (how.kind != ResolutionKind::construct) {
        const bool shaped = how.kind == ResolutionKind::shaped;
        return e.kind == ExprKind::tree ? tree(e.list, context, shaped ? TypeId(how.a) : TypeId())
                                        : make(ValueKind::error, id);
      }
      if (makes_itself(id)) return make(ValueKind::error, id);
      const InstanceId made = construct(id, context.self, Symbol(), Symbol(), blamed(e.span),
                                        context);
      note_maker(made);
      finish(made);
      return values::make_instance(made, id);
    }
    case ExprKind::list: return list(id, context);
    case ExprKind::comprehension: return comprehension(id, context);
    case ExprKind::unary: {
      if (e.op == Op::logical_not) {
        Context inner = context;
        Hollow hollow;
        const bool holds = condition(ExprId(e.a), inner, &hollow);
        return hollow ? unanswered(id, *hollow) : make_bool(!holds, id);
      }
      if (is_smallest(ExprId(e.a))) return literal(ExprId(e.a));
      auto result = values::apply_unary(e.op, value(ExprId(e.a), context), id, *program_.symbols);
      return result.problem.empty() ? result.value : failed(id, std::move(result.problem));
    }
    case ExprKind::binary: return binary(id, context);
    case ExprKind::conditional: return conditional(id, context);
    case ExprKind::match: return match(id, context);
    case ExprKind::all: return all(id);
    case ExprKind::is: {
      Context inner = context;
      Hollow hollow;
      const bool holds = is(id, inner, &hollow);
      return hollow ? unanswered(id, *hollow) : make_bool(holds, id);
    }
    case ExprKind::has: {
      const Value v = value(ExprId(e.a), context);
      if (v.is(ValueKind::error)) return v;
      return make_bool(!v.is(ValueKind::absent), id);
    }
    case ExprKind::only:
    case ExprKind::because: return value(ExprId(e.a), context);
  }
  return make(ValueKind::error, id);
}

/// 9223372036854775808, which only stands behind a minus and is kept as what it is there.
bool Evaluator::is_smallest(ExprId id) const {
  const Expr& e = ast().exprs[id];
  return e.kind == ExprKind::integer &&
         static_cast<std::int64_t>(ast().literals[syntax::LiteralId(e.a)].low) == INT64_MIN;
}

Value Evaluator::literal(ExprId id) {
  const Expr& e = ast().exprs[id];
  if (e.kind == ExprKind::string) {
    return values::make_text(heap_.static_text(text(Symbol(e.a))), id);
  }
  const syntax::Literal& literal = ast().literals[syntax::LiteralId(e.a)];
  const auto number = static_cast<std::int64_t>(literal.low);
  switch (literal.kind) {
    case LiteralKind::integer: return make_number(ValueKind::integer, number, id);
    case LiteralKind::floating: {
      Value v = make(ValueKind::floating, id);
      v.bits = literal.low;
      return v;
    }
    case LiteralKind::ip:
    case LiteralKind::cidr: {
      values::Address address;
      address.family = literal.family;
      address.prefix = literal.prefix;
      address.high = literal.high;
      address.low = literal.low;
      Value v = make(literal.kind == LiteralKind::ip ? ValueKind::ip : ValueKind::cidr, id);
      v.address = heap_.address(address);
      return v;
    }
    case LiteralKind::mac: {
      Value v = make(ValueKind::mac, id);
      v.mac = literal.low;
      return v;
    }
    case LiteralKind::bytes: return make_number(ValueKind::bytes, number, id);
    case LiteralKind::cpu: return make_number(ValueKind::cpu, number, id);
    case LiteralKind::duration: return make_number(ValueKind::duration, number, id);
    case LiteralKind::power: return make_number(ValueKind::power, number, id);
    case LiteralKind::rate: return make_number(ValueKind::rate, number, id);
  }
  return make(ValueKind::error, id);
}

namespace {

bool holds_secret(const Program& program, const Lab& lab, const Value& v) {
  if (v.is(ValueKind::secret_text)) return true;
  return v.is(ValueKind::instance) &&
         program.is_kind(lab.instances[v.as_instance()].kind, program.core_kind("secret"));
}

/// The parts of a text with a secret in it, with another one behind them.
void add_secret_part(values::List& parts, const Value& v) {
  if (v.is(ValueKind::secret_text)) {
    parts.items.insert(parts.items.end(), v.list->items.begin(), v.list->items.end());
  } else {
    parts.items.push_back(v);
  }
}

}  // namespace

/// `+` of texts of which one is secret: assembled where it is used, like `${...}`.
Value Evaluator::joined_secret(const Value& left, const Value& right, ExprId id) {
  Value v = make(ValueKind::secret_text, id);
  values::List* parts = heap_.list();
  add_secret_part(*parts, left);
  add_secret_part(*parts, right);
  if (auto told = too_long(parts->items.size(), id)) return *told;
  v.list = parts;
  return v;
}

/// Text; or, with secrets among the parts, the list of parts for whoever can assemble them.
Value Evaluator::interpolation(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  std::string joined;
  values::List* parts = nullptr;
  const auto flush = [&] {
    if (joined.empty()) return;
    parts->items.push_back(values::make_text(heap_.text(joined), id));
    joined.clear();
  };
  for (const ExprId part : syntax::view(ast().expr_lists, e.list)) {
    if (ast().exprs[part].kind == ExprKind::string) {
      joined += text(Symbol(ast().exprs[part].a));
      continue;
    }
    const Value v = value(part, context);
    if (v.hollow()) return values::spread_hollow(v, id);
    if (holds_secret(program_, lab_, v)) {
      if (parts == nullptr) parts = heap_.list();
      if (!v.is(ValueKind::secret_text)) {
        flush();
        parts->items.push_back(v);
        continue;
      }
      // Texts that meet are one: how a text was put together shows nowhere.
      for (const Value& inner : v.list->items) {
        if (inner.is(ValueKind::string)) {
          joined += inner.as_text();
        } else {
          flush();
          parts->items.push_back(inner);
        }
      }
      continue;
    }
    const auto canonical = values::canonical_text(v, *program_.symbols);
    if (!canonical) return failed(part, "this has no text form");
    joined += *canonical;
    if (joined.size() > values::kTextLimit) break;
  }
  auto whole = values::text_result(joined, id, heap_);
  if (!whole.problem.empty()) return failed(id, std::move(whole.problem));
  if (parts == nullptr) {
    charge(whole.value);
    return whole.value;
  }
  if (auto told = too_long(parts->items.size(), id)) return *told;
  flush();
  Value v = make(ValueKind::secret_text, id);
  v.list = parts;
  return v;
}

Value Evaluator::binary(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  if (e.op == Op::logical_and || e.op == Op::logical_or) {
    Context inner = context;
    Hollow hollow;
    const bool left = condition(ExprId(e.a), inner, &hollow);
    if (left == (e.op == Op::logical_or) && !hollow) return make_bool(left, id);
    Hollow right_hollow;
    const bool right = condition(ExprId(e.b), inner, &right_hollow);
    if (hollow || right_hollow) {
      if (right == (e.op == Op::logical_or) && !right_hollow) return make_bool(right, id);
      const Value before = hollow.value_or(Value());
      const Value after = right_hollow.value_or(Value());
      return unanswered(id, values::most_hollow(before, after));
    }
    return make_bool(right, id);
  }
  const Value left = value(ExprId(e.a), context);
  if (e.op == Op::coalesce) return left.is(ValueKind::absent) ? value(ExprId(e.b), context) : left;
  const Value right = value(ExprId(e.b), context);
  const bool compares = e.op == Op::equal || e.op == Op::not_equal;
  const bool known = !left.is(ValueKind::error) && !right.is(ValueKind::error);
  if (compares && known && (left.is(ValueKind::absent) || right.is(ValueKind::absent))) {
    const bool same = left.is(ValueKind::absent) && right.is(ValueKind::absent);
    return make_bool(same == (e.op == Op::equal), id);
  }
  const bool secret = holds_secret(program_, lab_, left) || holds_secret(program_, lab_, right);
  if (e.op == Op::add && secret && !left.hollow() && !right.hollow())
    return joined_secret(left, right, id);
  auto result = values::apply_binary(e.op, left, right, id, heap_, *program_.symbols, &records_);
  charge(result.value);
  return result.problem.empty() ? result.value : failed(id, std::move(result.problem));
}

/// What a condition comes to that is neither true nor false, for what it asks is hollow. Where a body is broken, absent may
/// only be misspelt.
Value Evaluator::unanswered(ExprId id, const Value& why) const {
  if (why.is(ValueKind::absent) && has_broken_bodies) return make(ValueKind::error, id);
  return values::spread_hollow(why, id);
}

bool Evaluator::condition(ExprId id, Context& context, Hollow* hollow) {
  const Expr& e = ast().exprs[id];
  if (e.kind == ExprKind::binary && e.op == Op::logical_and) {
    return condition(ExprId(e.a), context, hollow) && condition(ExprId(e.b), context, hollow);
  }
  if (e.kind == ExprKind::is) return is(id, context, hollow);
  const Value v = value(id, context);
  if (v.is(ValueKind::boolean)) return v.boolean;
  if (hollow != nullptr) *hollow = v;
  return false;
}

bool Evaluator::is(ExprId id, Context& context, Hollow* hollow) {
  const Expr& e = ast().exprs[id];
  const Value v = value(ExprId(e.a), context);
  if (v.is(ValueKind::error) || v.is(ValueKind::unlearned)) {
    if (hollow != nullptr) *hollow = v;
    return false;
  }
  const Resolution& how = program_.resolutions[id.index];
  Value bound = v;
  bool holds = false;
  if (v.is(ValueKind::symbol)) holds = how.kind == ResolutionKind::tag && v.symbol == how.a;
  if (v.is(ValueKind::variant)) {
    holds = how.kind == ResolutionKind::tag && v.variant->tag.index == how.a;
    bound = v.variant->payload;
  }
  if (v.is(ValueKind::instance)) {
    holds = how.kind == ResolutionKind::construct &&
            program_.is_kind(lab_.instances[v.as_instance()].kind, KindId(how.a));
  }
  if (holds && Symbol(e.c).valid()) context.env = lab_.extend(context.env, bound);
  return holds;
}

Value Evaluator::all(ExprId id) {
  const auto [known, fresh] = alls_.try_emplace(id.index);
  if (!fresh) return known->second;
  values::List* found = heap_.list();
  for (const InstanceId one : instances_of(KindId(program_.resolutions[id.index].a))) {
    found->items.push_back(values::make_instance(one, id));
  }
  Value v = make(ValueKind::list, id);
  v.list = found;
  look(found->items.size());
  return known->second = v;
}

Value Evaluator::conditional(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  Context inner = context;
  Hollow hollow;
  const bool holds = condition(ExprId(e.a), inner, &hollow);
  if (hollow) return unanswered(id, *hollow);
  return holds ? value(ExprId(e.b), inner) : value(ExprId(e.c), context);
}

Value Evaluator::match(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  const Value subject = value(ExprId(e.a), context);
  if (subject.hollow()) return values::spread_hollow(subject, id);
  for (const syntax::Arm& arm : syntax::view(ast().arms, e.list)) {
    look(1);
    Context inner = context;
    if (arm.literal.valid()) {
      const auto same = values::apply_binary(Op::equal, subject, value(arm.literal, context), id,
                                             heap_, *program_.symbols);
      if (!same.value.is(ValueKind::boolean) || !same.value.boolean) continue;
    } else if (arm.tag.valid()) {
      const bool plain = subject.is(ValueKind::symbol) && subject.as_symbol() == arm.tag;
      const bool payload = subject.is(ValueKind::variant) && subject.variant->tag == arm.tag;
      const bool kind = subject.is(ValueKind::instance) &&
                        program_.is_kind(
                            lab_.instances[subject.as_instance()].kind,
                            program_.find_kind(program_.module_of(arm.span), text(arm.tag)));
      if (!plain && !payload && !kind) continue;
      if (arm.binding.valid()) {
        inner.env = lab_.extend(inner.env, payload ? subject.variant->payload : subject);
      }
    }
    return value(arm.value, inner);
  }
  return make(ValueKind::error, id);  // an arm is missing, which was told
}

/// A site goes without it: lists of references go on without it too.
bool Evaluator::names_left_out(ExprId item) const {
  if (counts_left_out) return false;
  const Resolution how = program_.resolutions[item.index];
  return how.kind == ResolutionKind::instance && InstanceId(how.a).valid() &&
         lab_.instances[InstanceId(how.a)].gone;
}

Value Evaluator::list(ExprId id, const Context& context) {
  values::List* items = heap_.list();
  for (const ExprId item : syntax::view(ast().expr_lists, ast().exprs[id].list)) {
    if (ast().exprs[item].kind == ExprKind::spread) {
      const Value inner = value(ExprId(ast().exprs[item].a), context);
      if (inner.is(ValueKind::error) || inner.is(ValueKind::unlearned))
        return values::spread_hollow(inner, id);
      if (auto told = too_long(items->items.size() + element_count(inner), id)) return *told;
      const std::size_t begin = items->items.size();
      if (!elements(inner, items->items, ExprId(ast().exprs[item].a)) && !inner.hollow())
        return make(ValueKind::error, id);
      note_items(*items, begin, inner);
      charge(inner);
      continue;
    }
    if (names_left_out(item)) continue;
    const Value v = value(item, context);
    if (v.is(ValueKind::error)) return values::spread_hollow(v, id);
    if (v.is(ValueKind::absent)) {  // what is absent is not in the list
      named_keys_.left_out(ast(), item);
      continue;
    }
    items->items.push_back(v);
  }
  if (auto told = too_long(items->items.size(), id)) return *told;
  Value v = make(ValueKind::list, id);
  v.list = items;
  return v;
}

std::uint64_t Evaluator::element_count(const Value& source) {
  if (source.is(ValueKind::list)) return source.list->items.size();
  if (!source.is(ValueKind::int_range)) return 0;
  const std::uint64_t more = static_cast<std::uint64_t>(source.range->last) -
                             static_cast<std::uint64_t>(source.range->first);
  return more == UINT64_MAX ? more : more + 1;
}

/// False when there is nothing to go over: what is hollow, and what is no list, which is told.
bool Evaluator::elements(const Value& source, values::Items& out, ExprId at) {
  if (source.is(ValueKind::list)) {
    charge(source);
    out.insert(out.end(), source.list->items.begin(), source.list->items.end());
    return true;
  }
  if (!source.is(ValueKind::int_range)) {
    if (source.is(ValueKind::absent)) named_keys_.left_out(ast(), at);
    if (!source.hollow()) {
      failed(at, fmt::format(
                     "the tree holds {} here, and only a list has elements{}",
                     diag::with_article(values::kind_name(source.kind)),
                     source.is(ValueKind::map) ? ": `.map().values()` are those of a map" : ""));
    }
    return false;
  }
  const std::int64_t first = source.range->first;
  // Both ends belong to it, so the last number of 64 bits may be one of its elements.
  const std::uint64_t more = static_cast<std::uint64_t>(source.range->last) -
                             static_cast<std::uint64_t>(first);
  if (more > kStepLimit) steps_ = std::max(steps_, kStepLimit - 1);  // no need to count them
  for (std::uint64_t i = 0; i <= more; ++i) {
    if (!step(source.origin)) return false;
    out.push_back(
        make_number(ValueKind::integer, first + static_cast<std::int64_t>(i), source.origin));
  }
  return true;
}

Value Evaluator::comprehension(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  values::List* items = heap_.list();
  Value source = make(ValueKind::absent, id);
  clauses(e.list, 0, context, {ExprId(e.a), source}, *items);
  if (items->items.size() > values::kListLimit) {
    return failed(id, values::list_problem(std::nullopt));
  }
  for (const Value& item : items->items) {
    if (item.is(ValueKind::error)) return values::spread_hollow(item, id);
  }
  if (source.is(ValueKind::unlearned)) return values::spread_hollow(source, id);
  Value v = make(ValueKind::list, id);
  v.list = items;
  return v;
}

void Evaluator::clauses(Range range, std::uint32_t at, Context context, Elements made,
                        values::List& out) {
  if (out.items.size() > values::kListLimit) return;
  if (at == range.count) {
    const Value v = value(made.element, context);
    if (v.is(ValueKind::absent)) return named_keys_.left_out(ast(), made.element);
    out.items.push_back(v);
    note_item(out, context.env);
    return;
  }
  const syntax::Clause& clause = ast().clauses[range.begin + at];
  if (!clause.variable.valid()) {
    const bool choosing = std::exchange(choosing_, true);
    Hollow hollow;
    const bool chosen = condition(clause.value, context, &hollow);
    choosing_ = choosing;
    if (chosen) {
      clauses(range, at + 1, context, made, out);
    } else if (hollow && (hollow->is(ValueKind::unlearned) || has_broken_bodies)) {
      // What cannot be told apart is not left out in silence.
      if (!hollow->is(ValueKind::absent)) out.items.push_back(unanswered(clause.value, *hollow));
    }
    return;
  }
  values::Items items;
  if (!narrowed(range, at, context, items)) {
    const Value source = value(clause.value, context);
    if (source.is(ValueKind::error)) return out.items.push_back(source);
    if (source.is(ValueKind::unlearned)) made.unknown = source;
    if (!elements(source, items, clause.value) && !source.hollow())
      return out.items.push_back(make(ValueKind::error, clause.value));
  }
  Entered round(frames_, {Frame::Kind::list});
  const LoopHead head{clause.variable, clause.index, clause.value};
  for (std::size_t i = 0; i < items.size() && out.items.size() <= values::kListLimit; ++i) {
    const Context inner = bound(context, head, i, items[i]);
    round.go_on(inner.env);
    clauses(range, at + 1, inner, made, out);
  }
}

}  // namespace hlab::evaluate
