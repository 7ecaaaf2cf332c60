#include "compiler/graph/value_uses.h"

namespace hlab::graph {

using program::ResolutionKind;
using syntax::EntryId;
using syntax::Expr;
using syntax::ExprId;
using syntax::ExprKind;

std::vector<ValueUse> ValueUses::in(const program::Slot& slot) {
  std::vector<ValueUse> out;
  const auto take = [&](const std::vector<ValueUse>& uses) {
    out.insert(out.end(), uses.begin(), uses.end());
  };
  const auto expression = [&](ExprId id) {
    if (id.valid() && of_lab(program_.ast->exprs[id].span)) take(of_expression(id));
  };
  expression(slot.value);
  for (const program::Fragment& piece : slot.fragments) {
    expression(piece.whole);
    if (piece.entry.valid() && of_lab(program_.ast->entries[piece.entry].span))
      take(of_entry(piece.entry));
  }
  for (const program::MapEntry& entry : slot.entries) expression(entry.value);
  return out;
}

bool ValueUses::of_lab(Span span) const {
  return span.valid() && !program_.modules[program_.module_of(span)].library;
}

const std::vector<ValueUse>& ValueUses::of_expression(ExprId id) {
  const auto [found, fresh] = by_expression_.try_emplace(id.index);
  if (fresh) collect(id, found->second);
  return found->second;
}

const std::vector<ValueUse>& ValueUses::of_entry(EntryId id) {
  const auto [found, fresh] = by_entry_.try_emplace(id.index);
  if (fresh) collect_entry(id, found->second);
  return found->second;
}

void ValueUses::collect_entries(Range entries, std::vector<ValueUse>& out) const {
  for (const EntryId id : syntax::view(program_.ast->entry_lists, entries)) collect_entry(id, out);
}

void ValueUses::collect_entry(EntryId id, std::vector<ValueUse>& out) const {
  const syntax::Entry& entry = program_.ast->entries[id];
  collect(entry.value, out);
  collect(entry.message, out);
  collect_entries(entry.body, out);
  collect_entries(entry.else_body, out);
}

void ValueUses::collect(ExprId id, std::vector<ValueUse>& out) const {
  if (!id.valid()) return;
  const auto& ast = *program_.ast;
  const Expr& e = ast.exprs[id];
  if (program_.resolutions[id.index].kind == ResolutionKind::instance) {
    out.push_back({program::InstanceId(program_.resolutions[id.index].a), e.span});
    return;
  }
  const auto both = [&](std::uint32_t a, std::uint32_t b) {
    collect(ExprId(a), out);
    collect(ExprId(b), out);
  };
  switch (e.kind) {
    case ExprKind::interpolation:
    case ExprKind::list:
      for (const ExprId part : syntax::view(ast.expr_lists, e.list)) collect(part, out);
      return;
    case ExprKind::index:
    case ExprKind::binary: return both(e.a, e.b);
    case ExprKind::conditional: both(e.a, e.b); return collect(ExprId(e.c), out);
    case ExprKind::call:
      collect(ExprId(e.a), out);
      for (const syntax::Argument& argument : syntax::view(ast.arguments, e.list))
        collect(argument.value, out);
      return;
    case ExprKind::refine: collect(ExprId(e.a), out); return collect_entries(e.list, out);
    case ExprKind::tree: return collect_entries(e.list, out);
    case ExprKind::comprehension:
      collect(ExprId(e.a), out);
      for (const syntax::Clause& clause : syntax::view(ast.clauses, e.list))
        collect(clause.value, out);
      return;
    case ExprKind::match:
      collect(ExprId(e.a), out);
      for (const syntax::Arm& arm : syntax::view(ast.arms, e.list)) collect(arm.value, out);
      return;
    case ExprKind::member:
    case ExprKind::spread:
    case ExprKind::unary:
    case ExprKind::is:
    case ExprKind::has:
    case ExprKind::only:
    case ExprKind::because: return collect(ExprId(e.a), out);
    default: return;
  }
}

}  // namespace hlab::graph
