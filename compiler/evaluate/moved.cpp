#include "compiler/evaluate/moved.h"

#include "compiler/evaluate/evaluate_diags.h"

namespace hlab::evaluate {
namespace {

using program::Lab;
using program::Program;
using syntax::Entry;
using syntax::EntryKind;

/// `old` itself, or something that it holds.
bool is_or_below(std::string_view path, std::string_view old) {
  return path.starts_with(old) && (path.size() == old.size() || path[old.size()] == '.');
}

/// What is kept under the new name already stays: two branches may have left both behind.
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
  known.merge(moved);
}

bool declared(const Program& program, const Lab& lab, KindId head, Symbol name) {
  const auto [first, last] = lab.by_name.equal_range(name.index);
  for (auto it = first; it != last; ++it) {
    if (program::head_kind(program, lab, it->second) == head) return true;
  }
  return false;
}

}  // namespace

void follow_moves(const Program& program, const Lab& lab, Leases& known, diag::Diagnostics& diags) {
  std::map<std::string, Span> taken;
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const InstanceId id(i);
    const syntax::EntryId declaration = lab.instances[id].entry;
    if (lab.instances[id].owner.valid() || !declaration.valid()) continue;
    for (const EntryId at :
         syntax::view(program.ast->entry_lists, program.ast->entries[declaration].body)) {
      const Entry& e = program.ast->entries[at];
      if (e.kind != EntryKind::moved) continue;
      const KindId head = program::head_kind(program, lab, id);
      const std::string kind(program.text(program.kinds[head].name));
      const std::string old = kind + '.' + std::string(program.text(e.name));
      if (declared(program, lab, head, e.name)) {
        diags.report(kMovedStillThere, e.name_span, old, "declared still");
        continue;
      }
      const auto [first, added] = taken.emplace(old, e.name_span);
      if (!added) {
        diags.report(kMovedStillThere, e.name_span, old, "claimed twice")
            .label(first->second, "here first");
        continue;
      }
      rename(known, old, instance_path(program, lab, id));
    }
  }
}

}  // namespace hlab::evaluate
