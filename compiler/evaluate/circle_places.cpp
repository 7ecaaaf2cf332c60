#include "compiler/evaluate/circle_places.h"

#include <algorithm>

namespace hlab::evaluate {

using program::InstanceId;
using values::ValueKind;

namespace {

/// Where the lab sets a field of `holder` to `other`.
Span reference_at(const program::Program& program, const program::Lab& lab,
                  const SourceMap& sources, InstanceId holder, InstanceId other) {
  for (std::uint32_t field = 0; field < lab.instances[holder].slot_count; ++field) {
    const program::Slot& slot = lab.slot(holder, field);
    const bool is_known = slot.state == program::SlotState::done && slot.set_by.valid();
    if (!is_known || !slot.result.is(ValueKind::instance) || slot.result.as_instance() != other)
      continue;
    const syntax::Entry& entry = program.ast->entries[slot.set_by];
    if (entry.value.valid() && !sources.file(entry.span.file).is_library)
      return program.ast->exprs[entry.value].span;
  }
  return {};
}

}  // namespace

std::vector<Span> circle_places(const program::Program& program, const program::Lab& lab,
                                const SourceMap& sources, const std::vector<CircleStep>& steps) {
  const auto is_in_lab = [&](const CircleStep& step) {
    return !step.asks.valid() || !sources.file(program.ast->exprs[step.asks].span.file).is_library;
  };
  std::vector<Span> out;
  if (std::any_of(steps.begin(), steps.end(), is_in_lab)) return out;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const InstanceId next = steps[(i + 1) % steps.size()].holder;
    const Span at = reference_at(program, lab, sources, steps[i].holder, next);
    if (at.valid()) out.push_back(at);
  }
  return out;
}

bool tells_of(const diag::Diagnostics& diags, const diag::DiagInfo& info,
              const std::vector<Span>& places) {
  if (places.empty()) return false;
  const std::vector<const diag::Diagnostic*> all = diags.sorted();
  return std::any_of(all.begin(), all.end(), [&](const diag::Diagnostic* one) {
    return one->info == &info && std::find(places.begin(), places.end(), one->at) != places.end();
  });
}

}  // namespace hlab::evaluate
