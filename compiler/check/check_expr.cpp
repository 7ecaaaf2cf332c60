// Literals, operators, conditions.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/arm_order.h"
#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/diag/suggest.h"
#include "compiler/values/operators.h"

namespace hlab::check {

using syntax::ExprKind;
using syntax::LiteralKind;
using syntax::Op;
using enum TypeKind;

namespace {
/// Whether `and`, `or` or `not` stands beside the condition: `??` binds looser than these.
bool is_joined(std::string_view text, Span condition) {
  std::string_view before = text.substr(0, condition.begin);
  before = before.substr(0, before.find_last_not_of(" \t\r\n") + 1);
  std::string_view after = text.substr(condition.end);
  after = after.substr(std::min(after.find_first_not_of(" \t\r\n"), after.size()));
  return before.ends_with(" and") || before.ends_with(" or") || before.ends_with(" not") ||
         after.starts_with("and ") || after.starts_with("or ");
}
}  // namespace

Checker::Checker(program::Program& program, const program::Lab& lab, const SourceMap& sources,
                 diag::Diagnostics& diags)
    : program_(program), lab_(lab), sources_(sources), diags_(diags) {
  program_.resolutions.resize(ast().exprs.size());
  program_.segment_instances.resize(ast().segments.size(), 0xffffffffu);
}

void Checker::resolve(ExprId id, program::ResolutionKind kind, std::uint32_t a) {
  program_.resolutions[id.index].kind = kind;
  program_.resolutions[id.index].a = a;
}

TypeId Checker::expression(ExprId id, TypeId expected, Scope& scope, TypeId said) {
  if (!id.valid()) return poisoned();
  if (expected.valid() && bare_text(id, expected, scope)) {
    poison(id);
    return poisoned();
  }
  const TypeId actual = infer(id, expected, scope);
  if (!expected.valid()) return actual;
  if (!fits(actual, expected)) {
    if (fits_if_there(id, actual, expected, scope)) return program_.types.required(actual);
    mismatch(id, actual, said.valid() ? said : expected);
    poison(id);
    return poisoned();
  }
  literal_fits(id, expected);
  return actual;
}

/// What is known to be there; and in a check, which says nothing of what is absent.
bool Checker::fits_if_there(ExprId id, TypeId actual, TypeId expected, const Scope& scope) const {
  return type(actual).kind == optional && fits(type(actual).a, expected) &&
         (scope.in_check || proven(id, scope));
}

TypeId Checker::infer(ExprId id, TypeId expected, Scope& scope) {
  const TypeId t = infer_kind(id, expected, scope);
  if (type(t).kind == error) poison(id);
  return t;
}

TypeId Checker::infer_kind(ExprId id, TypeId expected, Scope& scope) {
  const Expr e = ast().exprs[id];
  switch (e.kind) {
    case ExprKind::error: return poisoned();
    case ExprKind::boolean:
    case ExprKind::integer:
    case ExprKind::floating:
    case ExprKind::domain: return plain_type(e);
    case ExprKind::string:
      return lacks_quotes(e) ? text_without_quotes(id, expected) : simple(string);
    case ExprKind::interpolation: return interpolation(e, scope);
    case ExprKind::name: return name(id, e, expected, scope);
    case ExprKind::self_field: return self_field(id, e, scope);
    case ExprKind::self:
      if (scope.self) return program_.types.reference_to(scope.self, syntax::EdgeMode::value);
      diags_.report(kNoSelf, e.span, "");
      return poisoned();
    case ExprKind::member: return member(id, e, expected, scope);
    case ExprKind::index: return index(id, e, scope);
    case ExprKind::call: return call(id, e, expected, scope);
    case ExprKind::refine: return refine(id, e, expected, scope);
    case ExprKind::tree: return tree(id, e, expected, scope);
    case ExprKind::list: return list_literal(e, expected, scope);
    case ExprKind::spread:
      diags_.report(kMisplaced, e.span, "`...`", "outside a list");
      return poisoned();
    case ExprKind::comprehension: return comprehension(e, expected, scope);
    case ExprKind::unary: return unary(e, scope);
    case ExprKind::binary: return binary(id, e, expected, scope);
    case ExprKind::conditional: return conditional(e, expected, scope);
    case ExprKind::match: return match(e, expected, scope);
    case ExprKind::all: {
      const KindId kind = program_.find_kind(scope.module, text(Symbol(e.a)));
      if (!kind) {
        Span at = e.span;
        at.begin = at.end - static_cast<std::uint32_t>(text(Symbol(e.a)).size());
        unknown_kind(at, Symbol(e.a), scope.module);
        return poisoned();
      }
      return query(id, kind, e.span, scope);
    }
    case ExprKind::is: return is(id, e, scope);
    case ExprKind::has: return has(e, scope);
    case ExprKind::only:
    case ExprKind::because: return infer(ExprId(e.a), expected, scope);
  }
  return poisoned();
}

TypeId Checker::plain_type(const Expr& e) const {
  if (e.kind == ExprKind::boolean) return simple(boolean);
  if (e.kind == ExprKind::integer) return simple(integer);
  if (e.kind == ExprKind::floating) return simple(floating);
  if (e.kind == ExprKind::string) return simple(string);
  switch (ast().literals[syntax::LiteralId(e.a)].kind) {
    case LiteralKind::integer: return simple(integer);
    case LiteralKind::floating: return simple(floating);
    case LiteralKind::ip: return simple(ip);
    case LiteralKind::cidr: return simple(cidr);
    case LiteralKind::mac: return simple(mac);
    case LiteralKind::bytes: return simple(bytes);
    case LiteralKind::cpu: return simple(cpu);
    case LiteralKind::duration: return simple(duration);
    case LiteralKind::power: return simple(power);
    case LiteralKind::rate: return simple(rate);
  }
  return poisoned();
}

TypeId Checker::interpolation(const Expr& e, Scope& scope) {
  bool is_secret = false;
  bool is_optional = false;
  bool wrong = false;
  for (const ExprId part : syntax::view(ast().expr_lists, e.list)) {
    TypeId t = expression(part, TypeId(), scope);
    if (type(t).kind == optional) {
      if (!proven(part, scope) && !scope.in_check) is_optional = true;
      t = type(t).a;
    }
    const TypeKind k = type(t).kind;
    const bool handle = (k == reference || k == nested) &&
                        program_.is_kind(type(t).of, program_.core_kind("secret"));
    if (k == secret || handle) {
      is_secret = true;
    } else if (k == list || k == map || k == reference || k == nested || k == int_range) {
      wrong = true;
      auto report = diags_.report(kNotText, ast().exprs[part].span, described(t));
      if (k == reference || k == nested) report.help("say which field, for example `.name`");
      if (k == list) report.help("join it: `.join(\", \")`");
    }
  }
  if (wrong) return poisoned();
  const TypeId whole = is_secret ? program_.types.secret_of(simple(string)) : simple(string);
  return is_optional ? program_.types.optional_of(whole) : whole;
}

TypeId Checker::unary(const Expr& e, Scope& scope) {
  if (e.op == Op::logical_not) {
    const std::size_t locals = scope.locals.size();
    const std::size_t present = scope.present.size();
    condition(ExprId(e.a), scope);
    scope.locals.resize(locals);
    scope.present.resize(present);
    return simple(boolean);
  }
  const TypeId t = expression(ExprId(e.a), TypeId(), scope);
  const TypeId result = values::unary_type(e.op, program_.types.required(t), program_.types);
  if (result.valid()) return result;
  diags_.report(kNoOperator, e.span, "-", described(t))
      .help(type(t).kind >= bytes && type(t).kind <= rate ? "a quantity is never less than nothing"
                                                          : "");
  return poisoned();
}

/// `x or "none"`, where a text is wanted.
TypeId Checker::other_value(const Expr& e, Scope& scope) {
  const TypeId first = expression(ExprId(e.a), TypeId(), scope);
  const TypeId second = expression(ExprId(e.b), TypeId(), scope);
  if (type(first).kind == error || type(second).kind == error) return poisoned();
  if (type(program_.types.required(first)).kind == boolean) return simple(boolean);
  diags_.report(kNotBool, ast().exprs[ExprId(e.a)].span, described(first))
      .help("`??` gives another value where the first is absent: `x ?? \"none\"`");
  return poisoned();
}

TypeId Checker::logical(ExprId, const Expr& e, TypeId expected, Scope& scope) {
  const TypeId wanted = core(expected);
  const bool value = wanted.valid() && type(wanted).kind != boolean && type(wanted).kind != error;
  if (e.op == Op::logical_or && value) return other_value(e, scope);
  const std::size_t locals = scope.locals.size();
  const std::size_t present = scope.present.size();
  condition(ExprId(e.a), scope);
  if (e.op == Op::logical_or) {
    scope.locals.resize(locals);
    scope.present.resize(present);
    prove(ExprId(e.a), false, scope);
  }
  condition(ExprId(e.b), scope);
  scope.locals.resize(locals);
  scope.present.resize(present);
  return simple(boolean);
}

/// The words that a list of them holds; none of another list.
TypeId Checker::word_of(TypeId list_type) const {
  const TypeId known = core(list_type);
  if (!known.valid() || type(known).kind != list || !type(known).a.valid()) return {};
  const TypeId element = core(type(known).a);
  return element.valid() && type(element).kind == symbols ? element : TypeId();
}

/// A list of words, in which `[slow]` takes its meaning from the place; none of another type.
TypeId Checker::list_of_words(TypeId id) {
  const TypeId element = word_of(id);
  return element.valid() ? program_.types.list_of(element) : TypeId();
}

/// The same of a list of Float, whose elements may be whole.
TypeId Checker::list_in_place(TypeId id) {
  const TypeId known = core(id);
  const bool of_floats = known.valid() && type(known).kind == list && type(known).a.valid() &&
                         type(type(known).a).kind == floating;
  return of_floats ? known : list_of_words(id);
}

static bool orders(Op op) {
  return op == Op::less || op == Op::less_equal || op == Op::greater || op == Op::greater_equal;
}

TypeId Checker::binary(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  if (e.op == Op::logical_and || e.op == Op::logical_or) return logical(id, e, expected, scope);
  if (e.op == Op::coalesce) return coalesce(e, expected, scope);
  const ExprId left(e.a);
  const ExprId right(e.b);
  const bool compares = e.op == Op::equal || e.op == Op::not_equal;
  const bool member_of = e.op == Op::in || e.op == Op::not_in;
  // A bare word on one side takes its meaning from the other: `own == x`, `own in xs`.
  const ExprKind other = ast().exprs[right].kind;
  const bool word_first = ast().exprs[left].kind == ExprKind::name &&
                          ((compares && other != ExprKind::name) ||
                           (member_of && other != ExprKind::list));
  TypeId r = word_first ? expression(right, TypeId(), scope) : TypeId();
  const TypeId of_words = e.op == Op::add ? list_in_place(expected) : TypeId();
  const TypeId l =
      word_first
          ? infer(left, compares || type(r).kind == error ? program_.types.required(r) : word_of(r),
                  scope)
      : of_words.valid() ? infer(left, of_words, scope)
                         : expression(left, TypeId(), scope);
  if (!word_first) {
    // A record that says its name is of that kind: `part {}` may be compared with a record that it refines.
    const bool says_its_kind = ast().exprs[right].kind == ExprKind::refine;
    const bool of_word = orders(e.op) && type(program_.types.required(l)).kind == symbols;
    TypeId hint = (compares && !says_its_kind) || of_word ? comparable(program_.types.required(l))
                                                          : TypeId();
    // `x in [slow, fast]`: the words of the list are those of x.
    if (member_of && type(program_.types.required(l)).kind == symbols &&
        ast().exprs[right].kind == ExprKind::list) {
      hint = program_.types.list_of(program_.types.required(l));
    }
    if (e.op == Op::add) hint = of_words.valid() ? of_words : list_of_words(l);
    // Of which words one is where what stands before is unknown, nobody can say.
    const bool unknown = (compares || member_of) && type(program_.types.required(l)).kind == error;
    if (unknown && member_of) hint = program_.types.list_of(simple(error));
    r = hint.valid() && (unknown || type(hint).kind != error) ? infer(right, hint, scope)
                                                              : expression(right, TypeId(), scope);
  }
  if (type(l).kind == error || type(r).kind == error) return poisoned();
  if (type(l).kind == secret || type(r).kind == secret) {
    const bool texts = type(core(l)).kind == string && type(core(r)).kind == string;
    if (e.op == Op::add && texts) return program_.types.secret_of(simple(string));
    diags_.report(kSecretObserved, e.span, fmt::format("`{}`", values::op_text(e.op)));
    return poisoned();
  }
  const bool observed = (compares || member_of) &&
                        (observes_secret(l) || (type(core(r)).kind != map && observes_secret(r)));
  if (observed) {
    diags_.report(kSecretObserved, e.span, fmt::format("`{}`", values::op_text(e.op)));
    return poisoned();
  }
  const bool l_open = type(l).kind == optional && !proven(left, scope);
  const bool r_open = type(r).kind == optional && !proven(right, scope);
  const TypeId ll = program_.types.required(l);
  const TypeId rr = program_.types.required(r);
  TypeId result = values::binary_type(e.op, ll, rr, program_.types);
  const auto is_reference = [&](TypeId t) {
    return type(t).kind == reference || type(t).kind == nested;
  };
  if (!result.valid() && compares && is_reference(ll) && is_reference(rr)) result = simple(boolean);
  if (!result.valid() && member_of && type(rr).kind == list && is_reference(ll)) {
    result = simple(boolean);
  }
  // What a secret holds is asked, not which one it is.
  if (!result.valid() && e.op != Op::add && (names_secret(ll) || names_secret(rr))) {
    diags_.report(kSecretObserved, e.span, fmt::format("`{}`", values::op_text(e.op)));
    return poisoned();
  }
  if (!result.valid()) {
    diags_
        .report(kNoOperator, e.name_span.valid() ? e.name_span : e.span, values::op_text(e.op),
                fmt::format("{} and {}", described(ll), described(rr)))
        .label(ast().exprs[left].span, text(l))
        .label(ast().exprs[right].span, text(r))
        .help(operator_help(e.op, ll, rr));
    return poisoned();
  }
  if ((l_open || r_open) && !compares && !scope.in_check) return program_.types.optional_of(result);
  return result;
}

/// What people mean by an operator that there is not.
std::string Checker::operator_help(Op op, TypeId left, TypeId right) const {
  const TypeKind l = type(left).kind;
  const TypeKind r = type(right).kind;
  const auto quantity = [](TypeKind kind) { return kind >= bytes && kind <= rate; };
  const auto number = [](TypeKind kind) { return kind == integer || kind == floating; };
  if (op == Op::add && (l == string || r == string))
    return "put the other one into the text: `\"...${...}\"`";
  if (op == Op::add && l == map && r == map) return "in a body, `...m` puts the entries of a map";
  if (op == Op::add && l == list && type(left).a == right) return "`+` joins lists: `... + [...]`";
  if ((quantity(l) && number(r)) || (number(l) && quantity(r)))
    return "a quantity needs its unit on both sides";
  if (l == yaml || r == yaml) return tree_help(l == yaml ? r : l);
  if (orders(op) && l == symbols && r == symbols)
    return "words have no order; `==` and `in` compare them";
  if (op == Op::subtract && l == ip && r == ip)
    return "a range of addresses is written `10.0.0.100..10.0.0.200`";
  const bool compares = op == Op::equal || op == Op::not_equal;
  if (compares && ((l == symbols && r == string) || (l == string && r == symbols)))
    return "a word stands without quotes";
  return "";
}

TypeId Checker::coalesce(const Expr& e, TypeId expected, Scope& scope) {
  const TypeId wanted = expected.valid() ? program_.types.optional_of(expected) : TypeId();
  const TypeId l = wanted.valid() ? infer(ExprId(e.a), wanted, scope)
                                  : expression(ExprId(e.a), TypeId(), scope);
  const TypeId inner = program_.types.required(l);
  const TypeId hint = expected.valid() ? expected : (type(inner).kind == error ? TypeId() : inner);
  const TypeId r = infer(ExprId(e.b), hint, scope);
  TypeId result = type(inner).kind == absent ? r : common(inner, r);
  if (!result.valid() && fits(r, inner)) result = inner;  // `secret String? ?? String` is secret
  // `.n ?? 2.5` where a Float is wanted: each is one there.
  if (!result.valid() && expected.valid() && fits(inner, expected) && fits(r, expected))
    result = expected;
  if (result.valid()) return result;
  diags_.report(kNoOperator, e.span, "??",
                fmt::format("{} and {}", described(inner), described(r)));
  return poisoned();
}

void Checker::condition(ExprId id, Scope& scope) {
  if (!id.valid()) return;
  const Expr e = ast().exprs[id];
  if (e.kind == ExprKind::binary && e.op == Op::logical_and) {
    condition(ExprId(e.a), scope);
    condition(ExprId(e.b), scope);
    return;
  }
  if (e.kind == ExprKind::has) {
    has(e, scope);
    prove(id, true, scope);
    return;
  }
  if (e.kind == ExprKind::is) {
    is(id, e, scope);
    return;  // its binding stays
  }
  const TypeId t = expression(id, TypeId(), scope);
  prove(id, true, scope);
  const TypeKind k = type(program_.types.required(t)).kind;
  if (k == secret) {
    diags_.report(kSecretObserved, e.span, "this condition");
  } else if (k != boolean && k != error) {
    auto report = diags_.report(kNotBool, e.span, described(t));
    const bool number = k == integer || k == floating || (k >= bytes && k <= rate);
    if (number || k == string) report.help("compare it with something: `... > ...`, `... == ...`");
    if (k == list || k == map) report.help("ask for its length: `... .length > 0`");
    if (k == yaml) report.help(tree_help(boolean));
    if (k == reference) report.help("ask a field of it, or `has` where it is optional");
  } else if (type(t).kind == optional && !scope.in_check && !proven(id, scope)) {
    const bool part = is_joined(sources_.file(e.span.file).text, e.span);
    diags_.report(kMaybeAbsent, e.span, "`Bool`")
        .help(part ? "say what holds then: `(... ?? false)`"
                   : "say what holds then: `... ?? false`");
  }
}

/// What is there once the condition holds, or does not: `has x`, and what `not`, `and` and `or` make of it.
void Checker::prove(ExprId id, bool holds, Scope& scope) {
  if (!id.valid()) return;
  const Expr& e = ast().exprs[id];
  if (e.kind == ExprKind::has) {
    if (holds) scope.present.push_back(scoped_path(ExprId(e.a), scope));
  } else if (e.kind == ExprKind::unary && e.op == Op::logical_not) {
    prove(ExprId(e.a), !holds, scope);
  } else if (e.kind == ExprKind::binary && e.op == (holds ? Op::logical_and : Op::logical_or)) {
    prove(ExprId(e.a), holds, scope);
    prove(ExprId(e.b), holds, scope);
  }
}

TypeId Checker::conditional(const Expr& e, TypeId expected, Scope& scope) {
  const std::size_t locals = scope.locals.size();
  const std::size_t present = scope.present.size();
  condition(ExprId(e.a), scope);
  const TypeId yes = expression(ExprId(e.b), expected, scope);
  scope.locals.resize(locals);
  scope.present.resize(present);
  prove(ExprId(e.a), false, scope);
  const TypeId no = expression(ExprId(e.c), expected, scope);
  scope.present.resize(present);
  const TypeId result = common(yes, no);
  if (result.valid()) return result;
  if (expected.valid()) return expected;
  diags_.report(kTypeMismatch, ast().exprs[ExprId(e.c)].span, described(no), described(yes))
      .label(ast().exprs[ExprId(e.b)].span, "the other branch is " + described(yes));
  return poisoned();
}

TypeId Checker::has(const Expr& e, Scope& scope) {
  expression(ExprId(e.a), TypeId(), scope);
  return simple(boolean);
}

}  // namespace hlab::check
