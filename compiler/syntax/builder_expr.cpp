// Expressions. Operators are ordered here, by precedence, so that the grammar needs one flat rule.
#include "compiler/syntax/antlr_bridge.h"
#include "compiler/syntax/builder.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

constexpr int kConditionalLevel = 1;
constexpr int kComparisonLevel = 6;
constexpr int kRangeLevel = 7;
constexpr const char* kChainHelp = "say both: `a < b and b < c`; or ask for a range: `b in a..c`";

int precedence(Op op) {
  switch (op) {
    case Op::coalesce: return 2;
    case Op::logical_or: return 3;
    case Op::logical_and: return 4;
    case Op::logical_not: return 5;
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in:
    case Op::not_in: return kComparisonLevel;
    case Op::range: return kRangeLevel;
    case Op::add:
    case Op::subtract: return 8;
    case Op::multiply:
    case Op::divide:
    case Op::remainder: return 9;
    default: return 10;  // negation
  }
}

Op op_of(TokenType type) {
  using enum TokenType;
  switch (type) {
    case plus: return Op::add;
    case minus: return Op::subtract;
    case star: return Op::multiply;
    case slash: return Op::divide;
    case percent: return Op::remainder;
    case equal: return Op::equal;
    case not_equal: return Op::not_equal;
    case less: return Op::less;
    case less_equal: return Op::less_equal;
    case greater: return Op::greater;
    case greater_equal: return Op::greater_equal;
    case and_: return Op::logical_and;
    case or_: return Op::logical_or;
    case coalesce: return Op::coalesce;
    case range: return Op::range;
    case in: return Op::in;
    case not_: return Op::not_in;
    default: return Op::none;
  }
}

}  // namespace

Builder::Operators Builder::begin_operators() {
  operators_.push_back({Op::none, Place::floor, Span{}, ExprId(), ExprId()});
  return {static_cast<std::uint32_t>(operands_.size()),
          static_cast<std::uint32_t>(operators_.size())};
}

int Builder::level(const Operator& o) {
  if (o.place == Place::floor) return 0;
  return o.place == Place::conditional ? kConditionalLevel : precedence(o.op);
}

/// Applies the topmost operator to its operands.
void Builder::reduce() {
  const Operator o = operators_.back();
  operators_.pop_back();
  if (operands_.size() < (o.place == Place::between ? 2u : 1u)) return;
  const ExprId right = operands_.back();
  Expr e;
  e.op = o.op;
  e.name_span = o.span;
  e.span = join(o.span, span(right));
  if (o.place == Place::conditional) {
    e.kind = ExprKind::conditional;
    e.name_span = Span{};
    e.a = o.condition.index;
    e.b = o.yes.index;
    e.c = right.index;
  } else if (o.place == Place::before) {
    e.kind = ExprKind::unary;
    e.a = right.index;
  } else {
    operands_.pop_back();
    e.kind = ExprKind::binary;
    e.a = operands_.back().index;
    e.b = right.index;
    e.span = join(span(operands_.back()), span(right));
  }
  operands_.back() = add(e);
}

/// What was told is silent after: a comparison of a comparison would be a second mistake.
void Builder::silence_top() {
  if (operands_.empty()) return;
  Expr torn;
  torn.span = span(operands_.back());
  operands_.back() = add(torn);
}

void Builder::operator_(Tok t) {
  const Op op = op_of(token(t).type);
  const int mine = precedence(op);
  while (level(operators_.back()) > mine) reduce();
  const bool comparison = mine == kComparisonLevel;
  const bool chains = (comparison || mine == kRangeLevel) && level(operators_.back()) == mine;
  if (chains) {
    const Span first = operators_.back().span;
    if (comparison) {
      diags_.report(kChainedComparison, span(t))
          .label(first, "the first comparison")
          .help(kChainHelp);
    } else {
      diags_.report(kChainedRange, span(t))
          .label(first, "the first range")
          .help("a range has two ends: `a..b`");
    }
    reduce();
    silence_top();
  } else if (comparison && !operands_.empty() && operands_.back() == last_is_) {
    diags_.report(kChainedComparison, span(t))
        .label(ast_.exprs[last_is_].name_span, "the first comparison")
        .help(kChainHelp);
    silence_top();
  }
  while (level(operators_.back()) >= mine) reduce();
  operators_.push_back({op, Place::between, span(t), ExprId(), ExprId()});
}

void Builder::operator_not_in(Tok t) { operator_(t); }

void Builder::prefix(Tok t) {
  const bool negate = token(t).type == TokenType::minus;
  operators_.push_back(
      {negate ? Op::negate : Op::logical_not, Place::before, span(t), ExprId(), ExprId()});
}

void Builder::conditional(Tok keyword, ExprId condition, ExprId yes) {
  operators_.push_back({Op::none, Place::conditional, span(keyword), condition, yes});
}

void Builder::operand(ExprId id) { operands_.push_back(id); }

/// `x is tag` binds like a comparison: what binds tighter on its left is its subject.
void Builder::is(Range names) {
  while (level(operators_.back()) > kComparisonLevel) reduce();
  const Span tag = span(names);
  if (level(operators_.back()) == kComparisonLevel) {
    diags_.report(kChainedComparison, tag)
        .label(operators_.back().span, "the first comparison")
        .help(kChainHelp);
    reduce();
    silence_top();
  } else if (operands_.back() == last_is_) {
    diags_.report(kChainedComparison, tag)
        .label(ast_.exprs[last_is_].name_span, "the first comparison")
        .help(kChainHelp);
    silence_top();
  }
  Expr e;
  e.kind = ExprKind::is;
  e.a = operands_.back().index;
  e.b = dotted(names).index;
  e.name_span = tag;
  e.span = join(span(operands_.back()), tag);
  operands_.back() = add(e);
  last_is_ = operands_.back();
}

void Builder::is_binding(Tok name, Tok close) {
  Expr& e = ast_.exprs[operands_.back()];
  e.c = token(name).symbol().index;
  e.span = join(e.span, span(close));
}

/// The reason of all that stands before it, back to an `else`.
void Builder::because(Tok reason) {
  while (level(operators_.back()) > kConditionalLevel) reduce();
  if (operands_.empty()) return;
  Expr e;
  e.kind = ExprKind::because;
  e.a = operands_.back().index;
  e.b = token(reason).symbol().index;
  e.span = join(span(operands_.back()), span(reason));
  operands_.back() = add(e);
}

ExprId Builder::end_operators(Operators start) {
  while (operators_.size() > start.operators) reduce();
  operators_.pop_back();
  const ExprId whole = operands_.size() > start.operands ? operands_[start.operands] : ExprId();
  operands_.resize(start.operands);
  return whole;
}

ExprId Builder::literal(Tok t) {
  Expr e;
  const TokenType type = token(t).type;
  e.kind = type == TokenType::integer
               ? ExprKind::integer
               : (type == TokenType::floating ? ExprKind::floating : ExprKind::domain);
  e.a = token(t).payload;
  e.span = span(t);
  return add(e);
}

ExprId Builder::negative(Tok minus, Tok number) {
  Expr e;
  e.kind = ExprKind::unary;
  e.op = Op::negate;
  e.a = literal(number).index;
  e.span = join(span(minus), span(number));
  return add(e);
}

namespace {
Expr simple(ExprKind kind, std::uint32_t a, Span span) {
  Expr e;
  e.kind = kind;
  e.a = a;
  e.span = span;
  return e;
}
}  // namespace

ExprId Builder::boolean(Tok t, bool value) {
  return add(simple(ExprKind::boolean, value ? 1 : 0, span(t)));
}
/// Silent everywhere after.
ExprId Builder::missing(Tok place) {
  Expr e;
  e.span = span(place);
  return add(e);
}
ExprId Builder::string(Tok t) { return add(simple(ExprKind::string, token(t).payload, span(t))); }
ExprId Builder::name_expr(Tok t) { return add(simple(ExprKind::name, token(t).payload, span(t))); }
ExprId Builder::self(Tok dot) { return add(simple(ExprKind::self, 0, span(dot))); }
ExprId Builder::parenthesised(ExprId id) {
  if (last_is_ == id) last_is_ = ExprId();
  return id;
}

ExprId Builder::self_field(Tok dot, Tok name) {
  Expr e = simple(ExprKind::self_field, token(name).payload, join(span(dot), span(name)));
  e.name_span = span(name);
  return add(e);
}

ExprId Builder::member(ExprId object, Tok name) {
  Expr e = simple(ExprKind::member, object.index, join(span(object), span(name)));
  e.b = token(name).payload;
  e.name_span = span(name);
  return add(e);
}

ExprId Builder::index(ExprId object, ExprId key, Tok close) {
  Expr e = simple(ExprKind::index, object.index, join(span(object), span(close)));
  e.b = key.index;
  return add(e);
}

ExprId Builder::call(ExprId callee, Range arguments, Tok close) {
  Expr e = simple(ExprKind::call, callee.index, join(span(callee), span(close)));
  e.list = arguments;
  return add(e);
}

ExprId Builder::refine(ExprId base, Range body, Tok close) {
  if (ast_.exprs[base].kind == ExprKind::tree) {  // no kind: two trees with nothing between them
    const std::uint32_t behind = span(base).end;
    diags_.report(kUnexpectedToken, Span{file_, behind, behind}, "`,` or `]`", "`{`")
        .help("elements of a list have `,` between them")
        .fix("put it there", {{Span{file_, behind, behind}, ","}});
    return base;
  }
  Expr e = simple(ExprKind::refine, base.index, join(span(base), span(close)));
  e.list = body;
  return add(e);
}

ExprId Builder::tree(Tok open, Range body, Tok close) {
  Expr e = simple(ExprKind::tree, 0, join(span(open), span(close)));
  e.list = body;
  return add(e);
}

ExprId Builder::only(Tok keyword, Tok open, Range body, Tok close) {
  const ExprId inner = tree(open, body, close);
  return add(simple(ExprKind::only, inner.index, join(span(keyword), span(close))));
}

ExprId Builder::list(Tok open, const ListHead& head, Tok close) {
  Expr e = simple(ExprKind::list, 0, join(span(open), span(close)));
  e.list = head.items;
  if (head.element.valid()) {
    e.kind = ExprKind::comprehension;
    e.a = head.element.index;
    e.list = head.clauses;
  }
  return add(e);
}

ExprId Builder::match(Tok keyword, ExprId subject, Range arms, Tok close) {
  Expr e = simple(ExprKind::match, subject.index, join(span(keyword), span(close)));
  e.list = arms;
  return add(e);
}

ExprId Builder::all(Tok keyword, Tok name) {
  Expr e = simple(ExprKind::all, token(name).payload, join(span(keyword), span(name)));
  return add(e);
}

ExprId Builder::has(Tok keyword, ExprId value) {
  return add(simple(ExprKind::has, value.index, join(span(keyword), span(value))));
}

ExprId Builder::interpolation(Tok begin, std::size_t mark, Tok end) {
  Expr e = simple(ExprKind::interpolation, 0, join(span(begin), span(end)));
  e.list = {static_cast<std::uint32_t>(ast_.expr_lists.size()),
            static_cast<std::uint32_t>(list_.size() - mark)};
  ast_.expr_lists.insert(ast_.expr_lists.end(), list_.begin() + static_cast<std::ptrdiff_t>(mark),
                         list_.end());
  list_.resize(mark);
  return add(e);
}

}  // namespace hlab::syntax
