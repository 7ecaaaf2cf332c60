#include "compiler/evaluate/moved.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/base/lock_pools.h"
#include "compiler/check/check_diags.h"
#include "compiler/evaluate/evaluate_diags.h"

namespace hlab::evaluate {
namespace {

using program::Lab;
using program::Program;

/// `old` itself, or something that it holds.
bool is_or_below(std::string_view path, std::string_view old) {
  return path.starts_with(old) && (path.size() == old.size() || path[old.size()] == '.');
}

/// Pools and values of what only one can have.
std::set<std::pair<std::string, std::string>> taken_in(const Leases& known) {
  std::set<std::pair<std::string, std::string>> out;
  for (const auto& [name, value] : known) {
    if (is_exclusive_pool(name.first)) out.emplace(name.first, value);
  }
  return out;
}

/// What is kept under the new name already stays, and so does what has a value of it there: two branches may have left
/// both behind.
void rename(Leases& known, const std::string& old, const std::string& now) {
  Leases moved;
  for (auto at = known.begin(); at != known.end();) {
    auto [pool, path] = at->first;
    if (is_or_below(pool, old)) pool = now + pool.substr(old.size());
    if (is_or_below(path, old)) path = now + path.substr(old.size());
    const bool renamed = std::pair(pool, path) != at->first;
    if (renamed) moved.emplace(std::pair(pool, path), at->second);
    at = renamed ? known.erase(at) : std::next(at);
  }
  if (moved.empty()) return;
  const auto taken = taken_in(known);
  for (const auto& [name, value] : moved) {
    if (!taken.contains({name.first, value})) known.emplace(name, value);
  }
}

/// The map of its owner in which it is an entry; none where it is none.
const program::Slot* map_around(const Program& program, const Lab& lab, InstanceId id) {
  const program::Instance& one = lab.instances[id];
  if (!one.owner.valid() || !one.owner_field.valid()) return nullptr;
  const std::uint32_t field = program.field(lab.instances[one.owner].kind, one.owner_field);
  if (field == program::kNoField) return nullptr;
  const program::Slot& slot = lab.slot(one.owner, field);
  return slot.shape == program::SlotShape::entries ? &slot : nullptr;
}

bool declared(const Program& program, const Lab& lab, InstanceId moved, Symbol old) {
  if (!old.valid()) return false;
  if (const program::Slot* map = map_around(program, lab, moved)) {
    return std::any_of(map->entries.begin(), map->entries.end(),
                       [&](const auto& entry) { return entry.key == values::MapKey::of(old); });
  }
  const KindId head = program::head_kind(program, lab, moved);
  const auto [first, last] = lab.by_name.equal_range(old.index);
  return std::any_of(first, last, [&](const auto& one) {
    return program::head_kind(program, lab, one.second) == head;
  });
}

/// What its path would be under the other name.
std::string old_path(const Program& program, const Lab& lab, InstanceId id, std::string_view old) {
  const program::Instance& one = lab.instances[id];
  if (!one.owner.valid()) {
    const KindId head = program::head_kind(program, lab, id);
    return std::string(program.text(program.kinds[head].name)) + '.' + std::string(old);
  }
  const std::string_view field = program.text(one.owner_field);
  std::string path = instance_path(program, lab, one.owner) + '.' + std::string(field);
  return old == field ? path : path + '.' + std::string(old);
}

std::size_t depth_of(const Lab& lab, InstanceId id) {
  std::size_t depth = 0;
  for (; lab.instances[id].owner.valid(); id = lab.instances[id].owner) ++depth;
  return depth;
}

/// What a kind says was told where it says it.
bool said_by_kind(const Program& program, const Lab& lab, const Evaluator::Move& move) {
  const Span at = program.ast->entries[move.entry].span;
  const auto& chain = program.kinds[lab.instances[move.now].kind].chain;
  return std::any_of(chain.begin(), chain.end(), [&](KindId kind) {
    const Span whole = program.ast->entries[program.kinds[kind].entry].span;
    return contains(whole, at);
  });
}

void misplaced(const Program& program, const Evaluator::Move& move, diag::Diagnostics& diags) {
  diags.report(check::kMisplaced, program.ast->entries[move.entry].span, "`moved from`", "here")
      .help("it stands in the body of what was renamed: of a declaration, or of an entry of a map");
}

}  // namespace

void follow_moves(const Program& program, const Lab& lab, const std::vector<Evaluator::Move>& moves,
                  Leases& known, diag::Diagnostics& diags) {
  // What lies in others comes after them: its old path begins with their new one.
  std::vector<const Evaluator::Move*> order;
  for (const Evaluator::Move& move : moves) order.push_back(&move);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    return depth_of(lab, a->now) < depth_of(lab, b->now);
  });
  std::map<std::string, Span> taken;
  for (const Evaluator::Move* move : order) {
    const Span at = program.ast->entries[move->entry].name_span;
    if (said_by_kind(program, lab, *move)) continue;
    if (lab.instances[move->now].owner.valid() && map_around(program, lab, move->now) == nullptr) {
      misplaced(program, *move, diags);
      continue;
    }
    const std::string old = old_path(program, lab, move->now, move->old);
    if (declared(program, lab, move->now, program.symbols->find(move->old))) {
      diags.report(kMovedStillThere, at, old, "declared still");
      continue;
    }
    const auto [first, added] = taken.emplace(old, at);
    if (!added) {
      auto report = diags.report(kMovedStillThere, at, old, "claimed twice");
      if (first->second == at) {
        report.note(
            "each round of the loop says so; say what each was called: `moved from \"old-${i}\"`");
      } else {
        report.label(first->second, "here first");
      }
      continue;
    }
    rename(known, old, instance_path(program, lab, move->now));
  }
}

void report_late_moves(const Program& program, const std::vector<Evaluator::Move>& moves,
                       std::size_t followed, diag::Diagnostics& diags) {
  for (std::size_t i = followed; i < moves.size(); ++i) misplaced(program, moves[i], diags);
}

}  // namespace hlab::evaluate
