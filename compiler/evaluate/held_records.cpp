// Records that hold themselves, directly or around: no text, tree or comparison of them would end.
#include <fmt/format.h>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

using program::SlotState;

namespace {

/// The instances that a value holds.
void add_held(const Value& value, std::vector<InstanceId>& out) {
  switch (value.kind) {
    case ValueKind::instance: out.push_back(value.as_instance()); return;
    case ValueKind::variant: return add_held(value.variant->payload, out);
    case ValueKind::list:
      for (const Value& item : value.list->items) add_held(item, out);
      return;
    case ValueKind::map:
      for (const values::MapItem& item : value.map->items) add_held(item.value, out);
      return;
    default: return;
  }
}

/// Goes through records depth first, and finds the fields that lead back to one that it is in.
class Circles {
 public:
  explicit Circles(const program::Program& program, program::Lab& lab)
      : program_(program), lab_(lab), marks_(lab.instances.size(), Mark::fresh) {}

  struct Back {
    InstanceId from;
    std::uint32_t field;
  };

  std::vector<Back> run() {
    for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) go(InstanceId(i));
    return std::move(found_);
  }

 private:
  enum class Mark : std::uint8_t { fresh, open, done };
  struct Step {
    InstanceId at;
    std::uint32_t field = 0;
    std::vector<InstanceId> held;  // by that field, those that are still to be seen
  };

  [[nodiscard]] bool is_record(InstanceId id) const {
    return program_.kinds[lab_.instances[id].kind].record;
  }

  void go(InstanceId first) {
    if (!is_record(first) || marks_[first.index] != Mark::fresh) return;
    std::vector<Step> way;
    enter(first, way);
    while (!way.empty()) {
      Step& here = way.back();
      if (!here.held.empty()) {
        const InstanceId next = here.held.back();
        here.held.pop_back();
        if (!is_record(next)) continue;
        if (marks_[next.index] == Mark::open) found_.push_back({here.at, here.field - 1});
        if (marks_[next.index] == Mark::fresh) enter(next, way);
      } else if (here.field < lab_.instances[here.at].slot_count) {
        const program::Slot& slot = lab_.slot(here.at, here.field++);
        if (slot.state == SlotState::done) add_held(slot.result, here.held);
      } else {
        marks_[here.at.index] = Mark::done;
        way.pop_back();
      }
    }
  }

  void enter(InstanceId id, std::vector<Step>& way) {
    marks_[id.index] = Mark::open;
    way.push_back({id, 0, {}});
  }

  const program::Program& program_;
  program::Lab& lab_;
  std::vector<Mark> marks_;
  std::vector<Back> found_;
};

}  // namespace

/// Such a field is in error from here on, so whoever reads records comes to an end.
void Evaluator::break_circles() {
  for (const Circles::Back& back : Circles(program_, lab_).run()) {
    program::Slot& slot = lab_.slot(back.from, back.field);
    if (slot.result.is(ValueKind::error)) continue;
    const Span at = place_in_lab(set_at(back.from, back.field), back.from);
    const std::string_view name =
        text(program_.kinds[lab_.instances[back.from].kind].fields[back.field].name);
    diags_.report(kValueCycle, at, fmt::format("`{}.{}`", path(back.from), name))
        .here("it holds the record that it is a part of");
    slot.result = make(ValueKind::error, slot.result.origin);
  }
}

/// A field that holds more than anybody could write down is in error from here on.
void Evaluator::break_heavy_records() {
  for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
    const InstanceId id(i);
    if (!is_record(id)) continue;
    for (std::uint32_t f = 0; f < lab_.instances[id].slot_count; ++f) {
      program::Slot& slot = lab_.slot(id, f);
      if (slot.state == SlotState::done && weights_.of(slot.result) > kMostParts)
        slot.result = heavy(id, f, slot.result);
    }
  }
}

Value Evaluator::heavy(InstanceId instance, std::uint32_t index, const Value& v) {
  const Span at = place_in_lab(set_at(instance, index), instance);
  if (!told_weight_ && look(0))  // else it is told that too much was computed
    trace(diags_.report(kNoValue, at, "it holds more than ten million others"), at, "")
        .help("refer to what is held so often, or hold it in fewer places");
  told_weight_ = true;
  return make(ValueKind::error, v.origin);
}

Value Evaluator::heavy(const Value& tree, ExprId asked_by) {
  if (!running_.empty()) return heavy(running_.back().instance, running_.back().field, tree);
  return asked_by.valid() ? failed(asked_by, "it holds more than ten million others")
                          : make(ValueKind::error, asked_by);
}

}  // namespace hlab::evaluate
