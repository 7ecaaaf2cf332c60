#include "compiler/rules/loop_rounds.h"

namespace hlab::rules {

using model::View;
using program::Env;

namespace {

const program::Slot* slot_of(const View& holder, std::string_view field) {
  const auto index = holder.field_index(field);
  return index ? &holder.lab().slot(holder.id(), *index) : nullptr;
}

/// Where its owner says that it is there.
const Env* said_by_owner(const View& part) {
  const program::Instance& one = part.lab().instances[part.id()];
  const program::Slot* slot = one.owner_field.valid()
                                  ? slot_of(part.owner(), part.program().text(one.owner_field))
                                  : nullptr;
  if (slot == nullptr) return nullptr;
  for (const program::MapEntry& entry : slot->entries) {
    if (entry.nested == part.id()) return entry.context.env;
  }
  return slot->context.env;
}

}  // namespace

const Env* rounds_of(const View& holder) {
  for (View at = holder; at; at = at.owner()) {
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

}  // namespace hlab::rules
