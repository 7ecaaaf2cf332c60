#include "compiler/model/waiting.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "compiler/values/text_forms.h"

namespace hlab::model {
namespace {

const values::Unlearned* missing_in(const Value& value) {
  const Value* part = value.is(ValueKind::unlearned) ? &value : values::unusable_part(value);
  return part != nullptr && part->is(ValueKind::unlearned) ? part->unlearned : nullptr;
}

/// Records too: those that the value holds.
bool has_waiting_part(const program::Program& program, const program::Lab& lab,
                      const Value& value) {
  if (missing_in(value) != nullptr) return true;
  const auto in = [&](const Value& part) { return has_waiting_part(program, lab, part); };
  if (value.is(ValueKind::map))
    return std::any_of(value.map->items.begin(), value.map->items.end(),
                       [&](const values::MapItem& item) { return in(item.value); });
  if (!value.is(ValueKind::instance)) return false;
  const program::Instance& one = lab.instances[value.as_instance()];
  if (!program.kinds[one.kind].record) return false;
  return std::any_of(one.slots, one.slots + one.slot_count,
                     [&](const program::Slot& slot) { return in(slot.result); });
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

/// Finds each part of a value that waits, and says where it is.
class PartFinder {
 public:
  PartFinder(const View& view, std::string_view field, std::vector<WaitingField>& out)
      : view_(view), field_(field), top_(view.top()), out_(out) {}

  void find(const Value& value, const std::string& path) {
    switch (value.kind) {
      case ValueKind::unlearned: add(value, path); return;
      case ValueKind::variant: find(value.variant->payload, path); return;
      case ValueKind::list:
        for (std::size_t i = 0; i < value.list->items.size(); ++i)
          find(value.list->items[i], fmt::format("{}[{}]", path, i));
        return;
      case ValueKind::map:
        for (const values::MapItem& item : value.map->items) {
          const bool entry = !entry_;
          if (entry) entry_ = item.key;
          find(item.value, fmt::format("{}.{}", path, key_text(item.key)));
          if (entry) entry_.reset();
        }
        return;
      default: return;
    }
  }

 private:
  void add(const Value& value, const std::string& path) {
    const auto& program = view_.program();
    const auto& lab = view_.lab();
    out_.push_back({top_, path, place_of(value), View(program, lab, value.unlearned->pool),
                    View(program, lab, value.unlearned->holder)});
  }

  [[nodiscard]] std::string_view key_text(values::MapKey key) const {
    if (key.is_instance) return View(view_.program(), view_.lab(), InstanceId(key.id)).name();
    return view_.program().text(Symbol(key.id));
  }

  /// In the lab: what made the part, where neither the library did nor it is the address itself.
  [[nodiscard]] Span place_of(const Value& value) const {
    const auto& program = view_.program();
    const Span whole = entry_ ? view_.entry_at(field_, *entry_) : view_.set_at(field_);
    if (!value.origin.valid() || view_.set_at(field_) == top_.declared_at())
      return view_.set_at(field_);
    const Span made = program.ast->exprs[value.origin].span;
    const View holder(program, view_.lab(), value.unlearned->holder);
    if (made == holder.entry_at("address", values::MapKey::of(value.unlearned->pool))) return whole;
    return program.modules[program.module_of(made)].library ? whole : made;
  }

  const View& view_;
  std::string_view field_;
  View top_;
  std::optional<values::MapKey> entry_;  // of the field, in which it looks
  std::vector<WaitingField>& out_;
};

void add_fields(const View& view, std::vector<WaitingField>& out) {
  const auto& program = view.program();
  const auto& instance = view.lab().instances[view.id()];
  const auto& fields = program.kinds[instance.kind].fields;
  for (std::uint32_t i = 0; i < instance.slot_count && i < fields.size(); ++i) {
    const Value& value = view.lab().slot(view.id(), i).result;
    const std::string_view name = program.text(fields[i].name);
    if (missing_in(value) == nullptr || (name == "address" && view.is("node"))) continue;
    PartFinder(view, name, out).find(value, path_in(view.top(), view, name));
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

const Value& as_computed(const View& view, std::uint32_t field) {
  return view.lab().slot(view.id(), field).result;
}

}  // namespace

const Value& value_with_waiting(const View& view, std::string_view field) {
  const Value& known = view.value(field);
  const auto index = view.field_index(field);
  return index ? as_computed(view, *index) : known;
}

bool is_waiting(const View& view, std::string_view field) {
  const auto index = view.field_index(field);
  return index && has_waiting_part(view.program(), view.lab(), as_computed(view, *index));
}

bool is_entry_waiting(const View& view, std::string_view field, std::string_view key) {
  const auto index = view.field_index(field);
  if (!index) return false;
  const Value& map = as_computed(view, *index);
  if (!map.is(ValueKind::map)) return false;
  return std::any_of(
      map.map->items.begin(), map.map->items.end(), [&](const values::MapItem& item) {
        return !item.key.is_instance && view.program().text(Symbol(item.key.id)) == key &&
               has_waiting_part(view.program(), view.lab(), item.value);
      });
}

bool is_held_back(const View& host_service) {
  constexpr std::array<std::string_view, 10> kSetUp{
      "packages", "user", "directory", "file",          "secret-file",
      "download", "unit", "command",   "enabled-units", "restarted-units"};
  return std::any_of(kSetUp.begin(), kSetUp.end(),
                     [&](std::string_view field) { return is_waiting(host_service, field); });
}

std::optional<std::string> held_back_object(const WaitingField& field) {
  if (field.top.is("object") && (field.path.starts_with("spec") || field.path.starts_with("body")))
    return std::string(field.top.path());
  for (const std::string_view objects : {"objects.", "cluster-objects."}) {
    if (!field.top.is("workload") || !field.path.starts_with(objects)) continue;
    return field.path.substr(0, field.path.find('.', objects.size()));
  }
  return std::nullopt;
}

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
