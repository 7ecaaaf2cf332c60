// How deep the grammar and the tree may go: whoever walks the tree later does so by recursion, so long
// chains of operators are limited as brackets are.
#include <algorithm>

#include "compiler/syntax/antlr_bridge.h"
#include "compiler/syntax/builder.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

constexpr std::uint32_t kMaxRules = 512;    // the grammar's own recursion
constexpr std::uint32_t kMaxHeight = 1000;  // of an expression

}  // namespace

void Builder::enter(Tok first) {
  if (++depth_ <= kMaxRules) return;
  too_deep_ = true;
  tell_too_deep(span(first));
}

void Builder::tell_too_deep(Span at) {
  if (told_too_deep_) return;
  told_too_deep_ = true;
  diags_.report(kTooDeepExpression, at).help("give its parts names of their own");
}

ExprId Builder::add(Expr expr) {
  std::uint32_t height = height_of(expr) + 1;
  if (height > kMaxHeight) {
    tell_too_deep(expr.span);
    Expr error;
    error.span = expr.span;
    expr = error;
    height = 1;
  }
  heights_.push_back(static_cast<std::uint16_t>(height));
  return ast_.exprs.add(expr);
}

std::uint32_t Builder::height(ExprId id) const {
  return id.valid() && id.index >= first_expr_ ? heights_[id.index - first_expr_] : 0;
}

std::uint32_t Builder::height_of_body(Range body) const {
  std::uint32_t most = 0;
  for (const EntryId id : view(ast_.entry_lists, body)) {
    most = std::max<std::uint32_t>(most, entry_heights_[id.index - first_entry_]);
  }
  return most;
}

std::uint32_t Builder::height_of_list(const Expr& e) const {
  std::uint32_t most = 0;
  const auto see = [&](ExprId id) { most = std::max(most, height(id)); };
  switch (e.kind) {
    case ExprKind::interpolation:
    case ExprKind::list:
      for (const ExprId id : view(ast_.expr_lists, e.list)) see(id);
      break;
    case ExprKind::call:
      for (const Argument& a : view(ast_.arguments, e.list)) see(a.value);
      break;
    case ExprKind::comprehension:
      for (const Clause& c : view(ast_.clauses, e.list)) see(c.value);
      break;
    case ExprKind::match:
      for (const Arm& a : view(ast_.arms, e.list)) see(a.value);
      break;
    case ExprKind::tree:
    case ExprKind::refine: most = height_of_body(e.list); break;
    default: break;
  }
  return most;
}

/// The height of its highest part.
std::uint32_t Builder::height_of(const Expr& e) const {
  switch (e.kind) {
    case ExprKind::conditional: return std::max({height(e.a), height(e.b), height(e.c)});
    case ExprKind::binary:
    case ExprKind::index: return std::max(height(e.a), height(e.b));
    case ExprKind::member:
    case ExprKind::spread:
    case ExprKind::unary:
    case ExprKind::is:
    case ExprKind::has:
    case ExprKind::only:
    case ExprKind::because: return height(e.a);
    case ExprKind::call:
    case ExprKind::refine:
    case ExprKind::comprehension:
    case ExprKind::match: return std::max(height(e.a), height_of_list(e));
    default: return height_of_list(e);
  }
}

std::uint32_t Builder::height_of(const Entry& e) const {
  std::uint32_t most = std::max({height(e.value), height(e.message), height(e.key)});
  for (const Segment& s : view(ast_.segments, e.path)) most = std::max(most, height(s.key));
  return std::max({most, height_of_body(e.body), height_of_body(e.else_body)});
}

}  // namespace hlab::syntax
