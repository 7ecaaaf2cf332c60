#include "compiler/inspect/outline.h"

#include <fmt/format.h>

#include "compiler/inspect/value_text.h"

namespace hlab::inspect {

using model::View;
using program::SlotShape;
using values::Value;
using values::ValueKind;

namespace {

void add_lines(const View& view, const std::string& above, std::vector<OutlineLine>& lines);

void add_held(const View& parent, OutlineLine line, program::InstanceId held,
              std::vector<OutlineLine>& lines) {
  const std::string below = line.path + ".";
  line.value = values::make_instance(held, syntax::ExprId());
  line.holds = true;
  lines.push_back(std::move(line));
  add_lines(View(parent.program(), parent.lab(), held), below, lines);
}

/// A map of instances that it holds, or of leases: each entry has a history of its own.
void add_entries(const View& view, const OutlineLine& field, const program::Slot& slot,
                 std::vector<OutlineLine>& lines) {
  const program::Program& program = view.program();
  const program::TypeId map = program.types.required(field.type);
  for (const program::MapEntry& entry : slot.entries) {
    OutlineLine line = field;
    line.subject.key = entry.key;
    line.path += "." + key_text(key_name(view, entry.key));
    line.type = program.types[map].a;
    if (entry.nested.valid()) {
      add_held(view, std::move(line), entry.nested, lines);
      continue;
    }
    const Value* value = slot.result.is(ValueKind::map) ? slot.result.map->find(entry.key)
                                                        : nullptr;
    line.value = value != nullptr ? *value : entry.result;
    lines.push_back(std::move(line));
  }
}

/// What it holds because somebody asked for it: `database.tasks`.
void add_claimed(const View& view, const std::string& above, std::vector<OutlineLine>& lines) {
  const auto [first, last] = view.lab().claims_of.equal_range(view.id().index);
  for (auto it = first; it != last; ++it) {
    const program::Claim& claim = view.lab().claims[it->second];
    const auto& instances = view.lab().instances;
    if (instances[claim.made].planned && !instances[view.top().id()].planned) continue;
    const program::Function& offer = view.program().functions[claim.offer];
    OutlineLine line;
    line.path = fmt::format("{}{}.{}", above, view.program().text(offer.name),
                            key_text(view.program().text(claim.name)));
    line.subject = {view.id(), program::kNoField, {}};
    line.type = offer.result;
    add_held(view, std::move(line), claim.made, lines);
  }
}

void add_lines(const View& view, const std::string& above, std::vector<OutlineLine>& lines) {
  const program::Kind& kind = view.program().kinds[view.lab().instances[view.id()].kind];
  for (std::uint32_t f = 0; f < kind.fields.size(); ++f) {
    const program::Slot& slot = view.lab().slot(view.id(), f);
    OutlineLine line;
    line.path = above + std::string(view.program().text(kind.fields[f].name));
    line.subject = {view.id(), f, {}};
    line.type = kind.fields[f].type;
    line.value = slot.result;
    if (slot.shape == SlotShape::nested) {
      add_held(view, std::move(line), slot.nested, lines);
    } else if (slot.shape == SlotShape::entries && !slot.entries.empty()) {
      add_entries(view, line, slot, lines);
    } else {
      lines.push_back(std::move(line));
    }
  }
  add_claimed(view, above, lines);
}

}  // namespace

std::vector<OutlineLine> outline(const View& instance) {
  std::vector<OutlineLine> lines;
  add_lines(instance, "", lines);
  return lines;
}

}  // namespace hlab::inspect
