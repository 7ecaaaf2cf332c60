#include "compiler/program/rounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "compiler/program/lab.h"
#include "compiler/source/source_map.h"
#include "compiler/values/scalar_text.h"

namespace hlab::program {

using values::ValueKind;

namespace {

constexpr std::size_t kMostGiven = 4;     // parameters of one call
constexpr std::size_t kMostWords = 90;    // that they take, before the rest is left out
constexpr std::size_t kLongestText = 32;  // that is given
constexpr int kDeepest = 4;               // calls, one in the function of another

bool lies_in(const Env* env, const Env* around) {
  while (env != nullptr && env != around) env = env->parent;
  return env == around;
}

bool is_part_of(const Lab& lab, InstanceId part, InstanceId whole) {
  for (; part.valid(); part = lab.instances[part].owner) {
    if (part == whole) return true;
  }
  return !whole.valid();
}

const syntax::Entry& declaration_of(const Program& program, const Call& call) {
  const FunctionId function(program.resolutions[call.at.index].a);
  return program.ast->entries[program.functions[function].entry];
}

/// A plain text may stand for a secret, and is not told either.
std::string given_text(const Program& program, const Lab& lab, types::TypeId parameter,
                       const values::Value& value) {
  const types::TypeId type = program.types.required(parameter);
  const bool hidden = program.types[type].kind == types::TypeKind::secret;
  if (hidden) return "a secret";
  if (!value.is(ValueKind::string) || value.as_text().size() <= kLongestText)
    return shown(program, lab, value);
  std::size_t cut = kLongestText;
  while (cut > 0 && (static_cast<unsigned char>(value.as_text()[cut]) & 0xc0u) == 0x80u) --cut;
  return fmt::format("\"{}...\"", value.as_text().substr(0, cut));
}

/// Of the calls, the one that alone leads to `made`; where that is one of several, none.
const Call* one_that_leads(const Program& program, const Lab& lab,
                           const std::vector<const Call*>& calls, Span made) {
  const Call* found = nullptr;
  bool is_direct = false;
  std::string told;
  for (const Call* call : calls) {
    const bool direct = contains(declaration_of(program, *call).span, made);
    if (found != nullptr && is_direct && !direct) continue;
    const std::string text = fmt::format("{} {}", call->at.index,
                                         call_text(program, lab, call->at, call->given));
    const bool is_better = found == nullptr || (direct && !is_direct);
    if (!is_better && text != told) return nullptr;
    if (!is_better) continue;
    found = call;
    is_direct = direct;
    told = text;
  }
  return found;
}

}  // namespace

const Round* Rounds::find(const Env* env) const {
  for (; known_ < rounds_.size(); ++known_) by_env_.emplace(rounds_[known_].env, known_);
  const auto found = by_env_.find(env);
  return found == by_env_.end() ? nullptr : &rounds_[found->second];
}

/// A record is a value of its own: what it was said to hold tells which one it is.
static std::string shown_instance(const Program& program, const Lab& lab, InstanceId id) {
  const Instance& one = lab.instances[id];
  const Kind& kind = program.kinds[one.kind];
  if (!kind.record || one.name.valid()) return fmt::format("`{}`", instance_path(program, lab, id));
  std::string text;
  for (std::uint32_t f = 0; f < one.slot_count && text.size() < kMostWords; ++f) {
    const Slot& slot = one.slots[f];
    if (slot.state != SlotState::done || slot.result.hollow() ||
        slot.result.is(ValueKind::instance))
      continue;
    text += fmt::format("{} = {}  ", program.text(kind.fields[f].name),
                        shown(program, lab, slot.result));
  }
  return fmt::format("a {} {{ {}... }}", program.text(kind.name), text);
}

static std::string shown_map(const Program& program, const Lab& lab, const values::Map& map) {
  std::string text;
  for (const values::MapItem& item : map.items) {
    if (item.value.is(ValueKind::absent)) continue;
    if (text.size() >= kMostWords) {
      text += "...  ";
      break;
    }
    const Symbol key = item.key.is_instance ? lab.instances[InstanceId(item.key.id)].name
                                            : Symbol(item.key.id);
    const bool deeper = item.value.is(ValueKind::map) && !item.value.map->items.empty();
    text += fmt::format("{} = {}  ", program.text(key),
                        deeper ? "{ ... }" : shown(program, lab, item.value));
  }
  if (text.empty()) return "{}";
  text.pop_back();
  return "{ " + text + "}";
}

std::string shown(const Program& program, const Lab& lab, const values::Value& v) {
  if (v.is(ValueKind::instance)) return shown_instance(program, lab, v.as_instance());
  if (v.is(ValueKind::map)) return shown_map(program, lab, *v.map);
  if (v.is(ValueKind::list)) return fmt::format("a list of {}", v.list->items.size());
  if (v.is(ValueKind::absent)) return "absent";
  return values::shown_text(v, *program.symbols);
}

std::string call_text(const Program& program, const Lab& lab, ExprId call, const Env* given) {
  const Function& function = program.functions[FunctionId(program.resolutions[call.index].a)];
  const auto parameters = syntax::view(program.ast->parameters,
                                       program.ast->entries[function.entry].parameters);
  std::vector<const Env*> values;
  for (const Env* env = given; env != nullptr; env = env->parent) values.push_back(env);
  const std::size_t count = std::min<std::size_t>(values.size(), parameters.size());
  std::string text = count == 0 ? "called here" : "called here, with ";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string one = fmt::format(
        "{}`{}` = {}", i == 0 ? "" : ", ", program.text(parameters[i].name),
        given_text(program, lab, function.parameters[i], values[values.size() - 1 - i]->value));
    if (i == kMostGiven || (i > 0 && text.size() + one.size() > kMostWords)) return text + ", ...";
    text += one;
  }
  return text;
}

std::vector<diag::Label> calls_behind(const Program& program, const Lab& lab,
                                      const SaidValue& said) {
  std::vector<diag::Label> steps;
  if (!said.origin.valid()) return steps;
  const Span made = program.ast->exprs[said.origin].span;
  Span text = said.at;
  const Env* around = said.env;
  while (!contains(text, made) && steps.size() < kDeepest) {
    std::vector<const Call*> calls;
    for (const Call& call : lab.rounds.calls()) {
      if (!contains(text, program.ast->exprs[call.at].span) || !lies_in(call.around, around))
        continue;
      if (!steps.empty() || is_part_of(lab, said.holder, call.self)) calls.push_back(&call);
    }
    const Call* next = one_that_leads(program, lab, calls, made);
    if (next == nullptr) return steps;
    steps.push_back(
        {program.ast->exprs[next->at].span, call_text(program, lab, next->at, next->given)});
    text = declaration_of(program, *next).span;
    around = next->given;
  }
  return steps;
}

const Round* own_round(const Lab& lab, const Env* env, const Env* until) {
  std::unordered_set<const Env*> shared;
  for (; until != nullptr; until = until->parent) shared.insert(until);
  for (; env != nullptr && !shared.contains(env); env = env->parent) {
    if (const Round* round = lab.rounds.find(env)) return round;
  }
  return nullptr;
}

/// Whether its words are about no other value: of what has parts, a few are told.
static bool is_told_in_full(const Program& program, const Lab& lab, const values::Value& v) {
  switch (v.kind) {
    case ValueKind::list:
    case ValueKind::map:
    case ValueKind::variant:
    case ValueKind::absent: return false;
    case ValueKind::string: return !shown(program, lab, v).ends_with("...\"");
    case ValueKind::instance: {
      const Instance& one = lab.instances[v.as_instance()];
      return !program.kinds[one.kind].record || one.name.valid();
    }
    default: return true;
  }
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
    const bool is_written = item.valid() && contains(at, program.ast->exprs[item].span);
    if (is_written) at = program.ast->exprs[item].span;
    const bool is_clear = (is_written &&
                           program.ast->exprs[round->source].kind == syntax::ExprKind::list) ||
                          is_told_in_full(program, lab, env->value);
    const std::string which = is_clear ? "the round" : fmt::format("round {},", round->number);
    steps.push_back({at, fmt::format("in {} where `{}` is {}", which, program.text(round->variable),
                                     shown(program, lab, env->value))});
  }
  return steps;
}

}  // namespace hlab::program
