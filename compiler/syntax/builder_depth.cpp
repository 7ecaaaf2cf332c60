// How deep the grammar and the tree may go: whoever walks the tree later does so by recursion, so long
// chains of operators are limited as brackets are.
#include <algorithm>

#include "compiler/syntax/antlr_bridge.h"
#include "compiler/syntax/builder.h"
#include "compiler/syntax/parts.h"
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

std::uint32_t Builder::height(ExprId id) const {
  return id.valid() && id.index >= first_expr_ ? heights_[id.index - first_expr_] : 0;
}

/// Of whatever has parts: the height of its highest one.
template <class Whole>
std::uint32_t Builder::height_of(const Whole& whole) const {
  std::uint32_t most = 0;
  for_each_part(
      ast_, whole, [&](ExprId id) { most = std::max(most, height(id)); },
      [&](EntryId id) {
        most = std::max<std::uint32_t>(most, entry_heights_[id.index - first_entry_]);
      });
  return most;
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

void Builder::note_height(const Entry& entry) {
  entry_heights_.push_back(static_cast<std::uint16_t>(height_of(entry)));
}

}  // namespace hlab::syntax
