#include "compiler/program/rounds.h"

#include <fmt/format.h>

#include <unordered_set>

#include "compiler/program/lab.h"
#include "compiler/source/source_map.h"
#include "compiler/values/scalar_text.h"

namespace hlab::program {

using values::ValueKind;

namespace {

bool contains(Span whole, Span part) {
  return whole.file == part.file && whole.begin <= part.begin && part.end <= whole.end;
}

}  // namespace

const Round* Rounds::find(const Env* env) const {
  for (; known_ < rounds_.size(); ++known_) by_env_.emplace(rounds_[known_].env, known_);
  const auto found = by_env_.find(env);
  return found == by_env_.end() ? nullptr : &rounds_[found->second];
}

std::string shown(const Program& program, const Lab& lab, const values::Value& v) {
  if (v.is(ValueKind::instance))
    return fmt::format("`{}`", instance_path(program, lab, v.as_instance()));
  if (v.is(ValueKind::list)) return fmt::format("a list of {}", v.list->items.size());
  if (v.is(ValueKind::absent)) return "absent";
  return values::shown_text(v, *program.symbols);
}

std::vector<diag::Label> rounds_around(const Program& program, const Lab& lab,
                                       const SourceMap& sources, const Env* env, const Env* until) {
  std::unordered_set<const Env*> shared;
  for (; until != nullptr; until = until->parent) shared.insert(until);
  std::vector<diag::Label> steps;
  for (; env != nullptr && !shared.contains(env); env = env->parent) {
    const Round* round = lab.rounds.find(env);
    if (round == nullptr) continue;
    Span at = program.ast->exprs[round->source].span;
    if (sources.file(at.file).is_library) continue;
    // Where the list is written out, its item has a place of its own.
    const ExprId item = env->value.origin;
    if (item.valid() && contains(at, program.ast->exprs[item].span))
      at = program.ast->exprs[item].span;
    steps.push_back({at, fmt::format("in the round where `{}` is {}", program.text(round->variable),
                                     shown(program, lab, env->value))});
  }
  return steps;
}

}  // namespace hlab::program
