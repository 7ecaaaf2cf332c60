#include "compiler/rules/loop_rounds.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::rules {

using model::View;
using program::Env;

namespace {

const program::Slot* slot_of(const View& holder, std::string_view field) {
  const auto index = holder.field_index(field);
  return index ? &holder.lab().slot(holder.id(), *index) : nullptr;
}

/// What holds it, a bundle too.
View holder_of(const View& part) {
  const program::InstanceId owner = part.lab().instances[part.id()].owner;
  return owner.valid() ? View(part.program(), part.lab(), owner) : View();
}

/// Where its owner says that it is there.
const Env* said_by_owner(const View& part) {
  const program::Instance& one = part.lab().instances[part.id()];
  const program::Slot* slot = one.owner_field.valid()
                                  ? slot_of(holder_of(part), part.program().text(one.owner_field))
                                  : nullptr;
  if (slot == nullptr) return nullptr;
  for (const program::MapEntry& entry : slot->entries) {
    if (entry.nested == part.id()) return entry.context.env;
  }
  return slot->context.env;
}

std::vector<diag::Label> calls_behind(const RuleInput& input, const SaidValue& said) {
  return program::calls_behind(input.program, input.lab,
                               {said.holder.id(), said.at, said.origin, said.rounds});
}

}  // namespace

const Env* rounds_of(const View& holder) {
  for (View at = holder; at; at = holder_of(at)) {
    const program::Instance& one = at.lab().instances[at.id()];
    const Env* env = one.owner.valid() ? said_by_owner(at) : one.env;
    if (env != nullptr) return env;
  }
  return nullptr;
}

const Env* rounds_of(const View& holder, std::string_view field, values::MapKey key) {
  const program::Slot* slot = slot_of(holder, field);
  if (slot == nullptr) return rounds_of(holder);
  for (const program::MapEntry& entry : slot->entries) {
    if (entry.key == key && entry.context.env != nullptr) return entry.context.env;
  }
  return rounds_of(holder);
}

void tell_rounds(const RuleInput& input, diag::Report report, const Env* first, const Env* second) {
  for (const auto& step :
       program::rounds_around(input.program, input.lab, input.sources, second, first))
    report.label(step.span, step.message);
  for (const auto& step :
       program::rounds_around(input.program, input.lab, input.sources, first, second))
    report.label(step.span, "first " + step.message);
}

void tell_ways(const RuleInput& input, diag::Report report, const SaidValue& first,
               const SaidValue& second) {
  tell_rounds(input, report, first.rounds, second.rounds);
  const auto earlier = calls_behind(input, first);
  const auto calls = calls_behind(input, second);
  for (const diag::Label& call : calls) report.label(call.span, call.message);
  for (const diag::Label& call : earlier) {
    const bool same = std::any_of(calls.begin(), calls.end(), [&](const diag::Label& other) {
      return other.span == call.span && other.message == call.message;
    });
    if (!same) report.label(call.span, "first " + call.message);
  }
}

std::optional<std::string> part_that_differs(const RuleInput& input, const SaidValue& first,
                                             const SaidValue& second) {
  if (first.at != second.at) return std::nullopt;
  const program::Round* round = program::own_round(input.lab, second.rounds, first.rounds);
  if (round == nullptr) return "${.name}";
  const bool is_instance = round->env->value.is(values::ValueKind::instance);
  return fmt::format("${{{}{}}}", input.program.text(round->variable), is_instance ? ".name" : "");
}

}  // namespace hlab::rules
