#include "compiler/driver/waiver_reach.h"

#include <algorithm>

#include "compiler/source/span_order.h"

namespace hlab::driver {

using program::Context;
using program::InstanceId;
using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;
using syntax::ExprKind;

WaiverReach::WaiverReach(const Compilation& run) : run_(run), ast_(run.ast) {
  for (const syntax::FileRoot& file : ast_.files) {
    if (!run.sources.file(file.file).is_library) find_declarations(file.body);
  }
  std::sort(declarations_.begin(), declarations_.end(), [&](EntryId a, EntryId b) {
    return stands_before(ast_.entries[a].span, ast_.entries[b].span);
  });
  std::unordered_map<std::uint32_t, std::vector<EntryId>> defaults;  // by KindId
  for (const EntryId id : declarations_) {
    const Entry& e = ast_.entries[id];
    if (e.kind != EntryKind::defaults) continue;
    const auto kind = run.program.find_kind(run.program.module_of(e.span),
                                            run.program.text(e.name));
    if (kind.valid()) defaults[kind.index].push_back(id);
  }
  for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
    const InstanceId id(i);
    const program::Instance& one = run.lab.instances[id];
    if (one.planned || one.gone || !one.settled) continue;
    if (one.entry.valid()) note(one.entry, id);
    for (const program::KindId layer : run.program.kinds[one.kind].chain) {
      note(run.program.kinds[layer].entry, id);
      const auto found = defaults.find(layer.index);
      if (found == defaults.end()) continue;
      for (const EntryId given : found->second) note(given, id);
    }
  }
}

void WaiverReach::find_declarations(Range entries) {
  for (const EntryId id : syntax::view(ast_.entry_lists, entries)) {
    const Entry& e = ast_.entries[id];
    switch (e.kind) {
      case EntryKind::loop:
      case EntryKind::branch:
      case EntryKind::site:
      case EntryKind::test:
        find_declarations(e.body);
        find_declarations(e.else_body);
        break;
      case EntryKind::instance:
      case EntryKind::kind:
      case EntryKind::record:
      case EntryKind::defaults:
      case EntryKind::function: declarations_.push_back(id); break;
      default: break;
    }
  }
}

EntryId WaiverReach::declaration_at(Span at) const {
  const auto behind = std::upper_bound(
      declarations_.begin(), declarations_.end(), at,
      [&](Span x, EntryId y) { return stands_before(x, ast_.entries[y].span); });
  if (behind == declarations_.begin()) return {};
  const EntryId before = *std::prev(behind);
  return contains(ast_.entries[before].span, at) ? before : EntryId();
}

const std::vector<InstanceId>& WaiverReach::live(EntryId declaration) const {
  static const std::vector<InstanceId> kNone;
  const auto found = live_.find(declaration.index);
  return found == live_.end() ? kNone : found->second;
}

Reach WaiverReach::of(EntryId waiver) const {
  const Span at = ast_.entries[waiver].span;
  const EntryId declaration = declaration_at(at);
  if (!declaration.valid()) return Reach::always;
  const Entry& declared = ast_.entries[declaration];
  if (declared.kind == EntryKind::function) return Reach::sometimes;
  Reach reach = Reach::not_there;
  for (const InstanceId id : live(declaration)) {
    const bool is_own = declared.kind == EntryKind::instance;
    reach = within(declared.body, at, {id, is_own ? run_.lab.instances[id].env : nullptr});
    if (reach != Reach::never) return reach;
  }
  return reach;
}

/// The one of the entries in which the place lies; or none.
EntryId WaiverReach::entry_at(Range entries, Span at) const {
  const auto ids = syntax::view(ast_.entry_lists, entries);
  const auto* const behind = std::partition_point(ids.begin(), ids.end(), [&](EntryId id) {
    return !stands_before(at, ast_.entries[id].span);
  });
  if (behind == ids.begin()) return {};
  const EntryId before = *std::prev(behind);
  return contains(ast_.entries[before].span, at) ? before : EntryId();
}

Reach WaiverReach::within(Range entries, Span waiver, const Context& context) const {
  const EntryId around = entry_at(entries, waiver);
  if (!around.valid()) return Reach::sometimes;
  const Entry& e = ast_.entries[around];
  if (e.kind == EntryKind::loop) return in_rounds(e, waiver, context);
  if (e.kind != EntryKind::branch) return written_in(e, waiver);
  Context inner = context;
  const bool holds = run_.evaluator->condition(e.value, inner);
  const bool wanted = entry_at(e.body, waiver).valid();
  if (holds != wanted) return Reach::never;
  return holds ? within(e.body, waiver, inner) : within(e.else_body, waiver, context);
}

Reach WaiverReach::in_rounds(const Entry& loop, Span waiver, const Context& context) const {
  evaluate::Evaluator& evaluator = *run_.evaluator;
  values::Items items;
  if (!evaluator.elements(evaluator.value(loop.value, context), items, loop.value))
    return Reach::never;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Context inner = evaluator.bound(context, {loop.name, loop.index, loop.value}, i, items[i]);
    if (loop.message.valid() && !evaluator.condition(loop.message, inner)) continue;
    const Reach reach = within(loop.body, waiver, inner);
    if (reach != Reach::never) return reach;
  }
  return Reach::never;
}

/// In the entry itself, a block or a value: what depends on something else there is not computed again.
Reach WaiverReach::written_in(const Entry& entry, Span waiver) const {
  if (entry.span == waiver) return Reach::always;
  Range entries = entry.body;
  if (entry.value.valid()) {
    syntax::ExprId value = entry.value;
    while (ast_.exprs[value].kind == ExprKind::because || ast_.exprs[value].kind == ExprKind::only)
      value = syntax::ExprId(ast_.exprs[value].a);
    const syntax::Expr& whole = ast_.exprs[value];
    if (whole.kind != ExprKind::refine && whole.kind != ExprKind::tree) return Reach::sometimes;
    entries = whole.list;
  }
  const EntryId inner = entry_at(entries, waiver);
  if (!inner.valid()) return Reach::sometimes;
  const EntryKind kind = ast_.entries[inner].kind;
  if (kind == EntryKind::loop || kind == EntryKind::branch) return Reach::sometimes;
  return written_in(ast_.entries[inner], waiver);
}

}  // namespace hlab::driver
