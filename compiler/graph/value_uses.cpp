#include "compiler/graph/value_uses.h"

#include "compiler/syntax/parts.h"

namespace hlab::graph {

using program::ResolutionKind;
using syntax::EntryId;
using syntax::Expr;
using syntax::ExprId;

ValueUses::ValueUses(const program::Program& program, const program::Lab& lab) : program_(program) {
  for (const auto& [expression, meant] : lab.lookups) {
    for (const auto& [asked_in, what] : meant)
      looked_up_[{expression, asked_in.index}].push_back(what);
  }
}

std::vector<ValueUse> ValueUses::in(program::InstanceId holder, const program::Slot& slot) {
  std::vector<ValueUse> out;
  const auto expression = [&](ExprId id) {
    if (id.valid() && of_lab(program_.ast->exprs[id].span)) take(holder, of_expression(id), out);
  };
  expression(slot.value);
  for (const program::Fragment& piece : slot.fragments) {
    expression(piece.whole);
    if (piece.entry.valid() && of_lab(program_.ast->entries[piece.entry].span))
      take(holder, of_entry(piece.entry), out);
  }
  for (const program::MapEntry& entry : slot.entries) expression(entry.value);
  return out;
}

void ValueUses::take(program::InstanceId holder, const std::vector<ValueUse>& uses,
                     std::vector<ValueUse>& out) const {
  for (const ValueUse& use : uses) {
    if (!use.lookup.valid()) {
      out.push_back(use);
      continue;
    }
    const auto found = looked_up_.find({use.lookup.index, holder.index});
    if (found == looked_up_.end()) continue;  // nothing asked for the value
    for (const program::InstanceId what : found->second) out.push_back({what, use.at, {}});
  }
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

void ValueUses::collect_entry(EntryId id, std::vector<ValueUse>& out) const {
  syntax::for_each_part(
      *program_.ast, program_.ast->entries[id], [&](ExprId part) { collect(part, out); },
      [&](EntryId inner) { collect_entry(inner, out); });
}

void ValueUses::collect(ExprId id, std::vector<ValueUse>& out) const {
  const Expr& e = program_.ast->exprs[id];
  const program::Resolution& named = program_.resolutions[id.index];
  if (named.kind == ResolutionKind::instance) {
    out.push_back({program::InstanceId(named.a), e.span, {}});
    return;
  }
  if (named.kind == ResolutionKind::lookup) out.push_back({{}, e.span, id});
  syntax::for_each_part(
      *program_.ast, e, [&](ExprId part) { collect(part, out); },
      [&](EntryId inner) { collect_entry(inner, out); });
}

}  // namespace hlab::graph
