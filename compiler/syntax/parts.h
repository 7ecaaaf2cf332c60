// What an expression or an entry is made of, one level down: for whoever walks the tree without
// caring what each kind of expression means.
#pragma once

#include "compiler/syntax/ast.h"

namespace hlab::syntax {

/// Calls `on_expression(ExprId)` for each valid expression and `on_entry(EntryId)` for each entry
/// that stands directly in `e`, in no particular order.
template <class OnExpression, class OnEntry>
void for_each_part(const Ast& ast, const Expr& e, OnExpression&& on_expression,
                   OnEntry&& on_entry) {
  const auto one = [&](std::uint32_t part) {
    if (ExprId(part).valid()) on_expression(ExprId(part));
  };
  const auto values = [&](const auto& table) {
    for (const auto& item : view(table, e.list)) one(item.value.index);
  };
  const auto entries = [&] {
    for (const EntryId id : view(ast.entry_lists, e.list)) on_entry(id);
  };
  switch (e.kind) {
    case ExprKind::error:
    case ExprKind::boolean:
    case ExprKind::integer:
    case ExprKind::floating:
    case ExprKind::string:
    case ExprKind::domain:
    case ExprKind::name:
    case ExprKind::self_field:
    case ExprKind::self:
    case ExprKind::all: return;
    case ExprKind::interpolation:
    case ExprKind::list:
      for (const ExprId part : view(ast.expr_lists, e.list)) one(part.index);
      return;
    case ExprKind::member:
    case ExprKind::spread:
    case ExprKind::unary:
    case ExprKind::is:
    case ExprKind::has:
    case ExprKind::only:
    case ExprKind::because: return one(e.a);
    case ExprKind::index:
    case ExprKind::binary: one(e.a); return one(e.b);
    case ExprKind::conditional:
      one(e.a);
      one(e.b);
      return one(e.c);
    case ExprKind::call: one(e.a); return values(ast.arguments);
    case ExprKind::comprehension: one(e.a); return values(ast.clauses);
    case ExprKind::match: one(e.a); return values(ast.arms);
    case ExprKind::refine: one(e.a); return entries();
    case ExprKind::tree: return entries();
  }
}

/// The same for an entry: its values, computed keys and bodies; types and parameters are no part.
template <class OnExpression, class OnEntry>
void for_each_part(const Ast& ast, const Entry& e, OnExpression&& on_expression,
                   OnEntry&& on_entry) {
  for (const ExprId part : {e.key, e.value, e.message}) {
    if (part.valid()) on_expression(part);
  }
  for (const Segment& segment : view(ast.segments, e.path)) {
    if (segment.key.valid()) on_expression(segment.key);
  }
  for (const Range body : {e.body, e.else_body}) {
    for (const EntryId id : view(ast.entry_lists, body)) on_entry(id);
  }
}

}  // namespace hlab::syntax
