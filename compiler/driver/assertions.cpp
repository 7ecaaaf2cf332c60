// `assert path` among the stages: names with the other names, paths at the end.
#include "compiler/driver/stages.h"

namespace hlab::driver {
namespace {

using syntax::EntryId;
using syntax::EntryKind;

/// Those below `if`; in loops they are misplaced.
void resolve_inside(const Compilation& run, Range entries, reach::Assertions& assertions) {
  for (const EntryId id : syntax::view(run.ast.entry_lists, entries)) {
    const syntax::Entry& entry = run.ast.entries[id];
    if (entry.kind == EntryKind::assert_path) assertions.resolve(id);
    if (entry.kind != EntryKind::branch) continue;
    resolve_inside(run, entry.body, assertions);
    resolve_inside(run, entry.else_body, assertions);
  }
}

}  // namespace

void resolve_assertions(const Compilation& run, const evaluate::Expansion& expansion,
                        reach::Assertions& assertions) {
  for (const EntryId id : expansion.assertions) assertions.resolve(id);
  for (const EntryId policy : expansion.policies)
    resolve_inside(run, run.ast.entries[policy].body, assertions);
}

void judge_assertions(Compilation& run, const evaluate::Expansion& expansion,
                      reach::Assertions& assertions) {
  assertions.judge(expansion.assertions);
  assertions.judge(run.evaluator->asserted);
}

}  // namespace hlab::driver
