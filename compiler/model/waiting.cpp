#include "compiler/model/waiting.h"

#include <algorithm>

#include "compiler/values/text_forms.h"

namespace hlab::model {
namespace {

const values::Unlearned* missing_in(const Value& value) {
  const Value* part = value.is(ValueKind::unlearned) ? &value : values::unusable_part(value);
  return part != nullptr && part->is(ValueKind::unlearned) ? part->unlearned : nullptr;
}

bool has_unlearned_machine(const program::Program& program, const program::Lab& lab) {
  const std::vector<View> nodes = all(program, lab, "node");
  return std::any_of(nodes.begin(), nodes.end(),
                     [](const View& node) { return missing_in(node.value("address")) != nullptr; });
}

std::string path_in(const View& top, const View& holder, std::string_view field) {
  std::string out = holder.path() + "." + std::string(field);
  return out.substr(std::min(out.size(), top.path().size() + 1));
}

void add_fields(const View& view, std::vector<WaitingField>& out) {
  const auto& program = view.program();
  const auto& instance = view.lab().instances[view.id()];
  const auto& fields = program.kinds[instance.kind].fields;
  for (std::uint32_t i = 0; i < instance.slot_count && i < fields.size(); ++i) {
    const values::Unlearned* fact = missing_in(view.lab().slot(view.id(), i).result);
    if (fact == nullptr) continue;
    const std::string_view name = program.text(fields[i].name);
    if (name == "address" && view.is("node")) continue;
    const View top = view.top();
    out.push_back({top, path_in(top, view, name), view.set_at(name),
                   View(program, view.lab(), fact->pool), View(program, view.lab(), fact->holder)});
  }
}

/// What follows from a field that the lab wrote is told with that one.
void keep_causes(std::vector<WaitingField>& fields) {
  const auto written = [](const WaitingField& field) {
    return !(field.at == field.top.declared_at());
  };
  std::vector<WaitingField> out;
  for (const WaitingField& field : fields) {
    const bool caused = !written(field) &&
                        std::any_of(fields.begin(), fields.end(), [&](const WaitingField& other) {
                          return other.top == field.top && written(other);
                        });
    if (!caused) out.push_back(field);
  }
  fields = std::move(out);
}

}  // namespace

std::vector<WaitingField> waiting_fields(const program::Program& program, const program::Lab& lab) {
  std::vector<WaitingField> out;
  if (!has_unlearned_machine(program, lab)) return out;
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const View view(program, lab, InstanceId(i));
    const View top = view.top();
    const auto& instance = lab.instances[top.id()];
    // Records that are values of their own, and not parts of a declaration, are told with who holds them.
    if (!instance.gone && !instance.planned && instance.name.valid()) add_fields(view, out);
  }
  keep_causes(out);
  return out;
}

}  // namespace hlab::model
