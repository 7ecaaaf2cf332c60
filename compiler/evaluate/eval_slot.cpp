// Fields: each computed once, with the circle shown when it needs itself.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/base/listed.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/article.h"
#include "compiler/evaluate/broken_bodies.h"
#include "compiler/evaluate/circle_places.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/evaluate/tree_builder.h"
#include "compiler/program/owners.h"
#include "compiler/values/scalar_text.h"

namespace hlab::evaluate {

using namespace program;
using types::TypeKind;
using values::make;

Span Evaluator::set_at(InstanceId instance, std::uint32_t index) const {
  const Slot& slot = lab_.slot(instance, index);
  if (slot.set_by.valid()) {
    const syntax::Entry& e = ast().entries[slot.set_by];
    if (!sources_.file(e.span.file).is_library) {
      if (e.value.valid()) return ast().exprs[e.value].span;
      return e.name_span;
    }
  }
  return lab_.instances[instance].name_span;
}

/// What was computed before leads as deep as what is computed now.
Value Evaluator::known(const Slot& slot, ExprId asked_by) {
  if (slot.depth == 0) return slot.result;
  const int deep = depth_ + static_cast<int>(slot.depth);
  deepest_ = std::max(deepest_, deep);
  return too_deep(deep, asked_by) ? make(ValueKind::error, asked_by) : slot.result;
}

Value Evaluator::field(InstanceId instance, std::uint32_t index, ExprId asked_by) {
  if (index >= lab_.instances[instance].slot_count) return make(ValueKind::error, asked_by);
  if (workings != nullptr && !running_.empty()) note_read(instance, index, asked_by);
  note_use(instance, asked_by);
  Slot& slot = lab_.slot(instance, index);
  if (slot.state == SlotState::done) return known(slot, asked_by);
  if (slot.state == SlotState::running) return cycle(instance, index, asked_by);
  slot.state = SlotState::running;
  running_.push_back({instance, index, asked_by, frames_.size()});
  const bool choosing = std::exchange(choosing_, false);
  const int deepest = std::exchange(deepest_, depth_);
  Value result = compute(instance, index);
  if (weights_.of_tree(result) > kMostParts) result = heavy(instance, index, result);
  const bool leads_on = slot.shape != SlotShape::none && slot.shape != SlotShape::nested;
  if (leads_on && deepest_ > depth_) slot.depth = static_cast<std::uint32_t>(deepest_ - depth_);
  deepest_ = std::max(deepest_, deepest);
  choosing_ = choosing;
  running_.pop_back();
  slot.result = result;
  slot.state = SlotState::done;
  return result;
}

ExprId Evaluator::outermost_call() const {
  ExprId call;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (frame->kind == Frame::Kind::value) break;
    if (frame->kind == Frame::Kind::call) call = frame->call;
  }
  return call;
}

/// What the library reads by itself is no use: there everything hangs together with everything.
void Evaluator::note_use(InstanceId of, ExprId at) {
  if (choosing_ || !at.valid() || running_.empty() || of == running_.back().instance) return;
  const Running& user = running_.back();
  if (const ExprId call = outermost_call()) at = call;
  if (is_of_library(ast().exprs[at].span) ||
      program::top_of(lab_, of) == program::top_of(lab_, user.instance))
    return;
  if (!lab_.uses.empty()) {
    const program::Use& last = lab_.uses.back();
    if (last.user == user.instance && last.field == user.field && last.of == of) return;
  }
  lab_.uses.push_back({user.instance, user.field, of, at});
}

/// The calls in the lab by which a value that is being computed came to the next one.
std::vector<diag::Label> Evaluator::calls_from(std::size_t running) const {
  const bool last = running + 1 == running_.size();
  const std::size_t end = last ? frames_.size() : running_[running + 1].frames;
  std::vector<diag::Label> calls;
  for (std::size_t i = running_[running].frames; i < end; ++i) {
    const Frame& frame = frames_[i];
    if (frame.kind != Frame::Kind::call) continue;
    const Span at = ast().exprs[frame.call].span;
    if (!is_of_library(at)) calls.push_back({at, call_text(program_, lab_, frame.call, frame.env)});
  }
  return calls;
}

Value Evaluator::cycle(InstanceId instance, std::uint32_t index, ExprId asked_by) {
  std::size_t start = running_.size();
  while (start > 0 &&
         !(running_[start - 1].instance == instance && running_[start - 1].field == index))
    --start;
  const auto name_of = [&](InstanceId id, std::uint32_t f) {
    return fmt::format("`{}.{}`", path(id),
                       text(program_.kinds[lab_.instances[id].kind].fields[f].name));
  };
  Span at = asked_by.valid() ? ast().exprs[asked_by].span : set_at(instance, index);
  std::vector<CircleStep> steps;
  for (std::size_t i = start == 0 ? 0 : start - 1; i < running_.size(); ++i)
    steps.push_back(
        {running_[i].instance, i + 1 == running_.size() ? asked_by : running_[i + 1].asked_by});
  // One reference of the lab sends many fields of the library round: it is told once, and there.
  const std::vector<Span> led = circle_places(program_, lab_, sources_, steps);
  if (tells_of(diags_, kValueCycle.info, led)) return make(ValueKind::error, asked_by);
  if (!led.empty()) at = led.back();
  // One text leads many instances round: it is told of the first, and the others are counted.
  std::vector<Told::Said>& known = told_[{at.file, at.begin}].said;
  const auto same = std::find_if(known.begin(), known.end(), [](const Told::Said& one) {
    return one.what == kValueCycle.info.code;
  });
  if (same != known.end()) {
    same->ways.insert(name_of(instance, index));
    return make(ValueKind::error, asked_by);
  }
  auto report = diags_.report(kValueCycle, at, name_of(instance, index));
  known.push_back({std::string(kValueCycle.info.code), report, {name_of(instance, index)}});
  if (!led.empty()) report.here("this reference leads back");
  for (const Span& before : led) {
    if (before != at) report.label(before, "and this one to it");
  }
  std::vector<diag::Label> calls;
  for (std::size_t i = start == 0 ? 0 : start - 1; i < running_.size(); ++i) {
    const bool last = i + 1 == running_.size();
    const ExprId by = last ? asked_by : running_[i + 1].asked_by;
    const std::string next = last ? name_of(instance, index)
                                  : name_of(running_[i + 1].instance, running_[i + 1].field);
    if (!by.valid()) continue;
    const std::string step = fmt::format("{} needs {}",
                                         name_of(running_[i].instance, running_[i].field), next);
    if (last && at == ast().exprs[by].span) {
      report.here(step);
    } else {
      report.label(ast().exprs[by].span, step);
    }
    const std::vector<diag::Label> more = calls_from(i);
    calls.insert(calls.end(), more.begin(), more.end());
  }
  show_steps(report, at, std::move(calls));
  return make(ValueKind::error, asked_by);
}

/// Where nobody mentions a record, what it lacks is the record.
Evaluator::FieldPlace Evaluator::lacking(InstanceId instance, std::uint32_t index) const {
  const Instance& one = lab_.instances[instance];
  if (!one.owner.valid() || !one.owner_field.valid()) return {instance, index};
  const std::uint32_t held = program_.field(lab_.instances[one.owner].kind, one.owner_field);
  if (held == kNoField) return {instance, index};
  const Slot& slot = lab_.slot(one.owner, held);
  const bool unsaid = slot.shape == SlotShape::nested && slot.nested == instance &&
                      !slot.set_by.valid();
  return unsaid ? lacking(one.owner, held) : FieldPlace{instance, index};
}

/// A declaration as messages name it; a value of a record has no name of its own.
static std::string who_lacks(const program::Program& program, const program::Lab& lab,
                             InstanceId id) {
  const Instance& one = lab.instances[id];
  const std::string kind =
      diag::with_article(fmt::format("`{}`", program.text(program.kinds[one.kind].name)));
  if (!one.name.valid() && !one.owner.valid()) return kind;
  if (!one.name.valid() && !one.owner_field.valid())  // an element of a list, what a word carries
    return fmt::format("{} in `{}`", kind, program::instance_path(program, lab, id));
  return fmt::format("`{}`", program::instance_path(program, lab, id));
}

/// Whether nobody has set what the field must have, or what the record must have that it holds unsaid.
static bool is_lacking(const program::Program& program, const Lab& lab, const Instance& one,
                       std::uint32_t index) {
  const Slot& slot = one.slots[index];
  if (slot.shape == SlotShape::nested && !slot.set_by.valid()) {
    const Instance& held = lab.instances[slot.nested];
    for (std::uint32_t i = 0; i < held.slot_count; ++i) {
      if (is_lacking(program, lab, held, i)) return true;
    }
    return false;
  }
  const TypeKind kind = program.types[program.kinds[one.kind].fields[index].type].kind;
  return slot.shape == SlotShape::none && kind != TypeKind::optional && kind != TypeKind::map;
}

/// What a field takes, with what its declaration says of it.
static std::string what_it_takes(const program::Program& program, const Field& field) {
  const types::Type& t = program.types[field.type];
  const Symbol doc = program.ast->entries[field.entry].doc;
  const std::string family = t.kind == TypeKind::nested ? check::family_text(program, t.of) : "";
  return fmt::format("`{} = ...` takes {}{}{}", program.text(field.name),
                     type_text(program, field.type),
                     family.empty() ? "" : fmt::format(" ({})", family),
                     doc.valid() ? fmt::format(": {}", program.text(doc)) : "");
}

/// The same of one that is there unsaid, and lacks something itself.
std::string Evaluator::what_its_body_takes(const Field& field, InstanceId held) const {
  const Instance& one = lab_.instances[held];
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < one.slot_count; ++i) {
    if (is_lacking(program_, lab_, one, i))
      names.push_back(fmt::format("`{}`", text(program_.kinds[one.kind].fields[i].name)));
  }
  return fmt::format("`{} {{ ... }}` has to say {}", text(field.name), listed(names, "and"));
}

/// All that the instance lacks is told at once.
void Evaluator::missing(InstanceId instance, std::uint32_t index) {
  if (has_broken_bodies && may_be_misspelt(ast(), lab_, instance, diags_)) return;
  std::tie(instance, index) = lacking(instance, index);
  if (!missing_told_.emplace(instance.index, index).second) return;
  const Instance& one = lab_.instances[instance];
  const auto& fields = program_.kinds[one.kind].fields;
  std::vector<std::uint32_t> lacked{index};
  for (std::uint32_t i = 0; i < fields.size() && one.settled; ++i) {
    if (is_lacking(program_, lab_, one, i) && missing_told_.emplace(instance.index, i).second)
      lacked.push_back(i);
  }
  std::sort(lacked.begin(), lacked.end());
  const Span at = place_in_lab(one.name_span, instance);
  std::vector<std::string> names;
  for (const std::uint32_t i : lacked) names.push_back(fmt::format("`{}`", text(fields[i].name)));
  // Rounds of a loop lack it together.
  const std::string what = fmt::format("{} {} {}", one.name_span.file.index, one.name_span.begin,
                                       fmt::join(names, " "));
  for (Told::Said& known : told_[{at.file, at.begin}].said) {
    if (known.what == what) return void(known.ways.insert(path(instance)));
  }
  constexpr std::size_t kMostNamed = 8;
  if (names.size() > kMostNamed + 1) {
    const std::size_t more = names.size() - kMostNamed;
    names.resize(kMostNamed);
    names.push_back(fmt::format("{} more", more));
  }
  auto report = diags_.report(kMissingField, at, who_lacks(program_, lab_, instance),
                              listed(names, "and"));
  trace(report, at, what);
  const auto takes = [&](std::uint32_t i) {
    const Slot& slot = one.slots[i];
    const bool one_kind = slot.shape == SlotShape::nested &&
                          !ast().entries[fields[i].entry].doc.valid() &&
                          check::family_text(program_, type(fields[i].type).of).empty();
    return one_kind ? what_its_body_takes(fields[i], slot.nested)
                    : what_it_takes(program_, fields[i]);
  };
  if (lacked.size() == 1) return void(report.help(takes(index)));
  for (std::size_t i = 0; i < std::min(lacked.size(), kMostNamed); ++i)
    report.note(takes(lacked[i]));
}

/// The value of an expression, as the field takes it.
Value Evaluator::conform_set(InstanceId instance, std::uint32_t index, Value v) {
  const Field& field = program_.kinds[lab_.instances[instance].kind].fields[index];
  const syntax::Entry& e = ast().entries[lab_.slot(instance, index).set_by];
  Span at = e.value.valid() ? ast().exprs[e.value].span : e.name_span;
  // A default of the library that does not fit is the doing of what the lab gave it.
  at = place_in_lab(at, instance);
  return conform(v, field.type, at, text(field.name));
}

Value Evaluator::compute(InstanceId instance, std::uint32_t index) {
  Slot& slot = lab_.slot(instance, index);
  const Field& field = program_.kinds[lab_.instances[instance].kind].fields[index];
  const types::Type& t = type(field.type);
  const auto what = [&] { return text(field.name); };
  Entered frame(frames_, {Frame::Kind::value, lab_.instances[instance].env, instance});
  switch (slot.shape) {
    case SlotShape::none: {
      if (t.kind == TypeKind::optional) return make(ValueKind::absent, ExprId());
      if (t.kind == TypeKind::map) {
        Value v = make(ValueKind::map, ExprId());
        v.map = heap_.map();
        return within(v, t, lab_.instances[instance].name_span, what());
      }
      missing(instance, index);
      return make(ValueKind::error, ExprId());
    }
    case SlotShape::nested: return values::make_instance(slot.nested, ExprId());
    case SlotShape::expression: {
      frame.go_on(slot.context.env);
      if (type(core(field.type)).kind == TypeKind::lease) return number(instance, index);
      const Value given = frozen(instance, index, value(slot.value, slot.context));
      if (given.is(ValueKind::absent) && t.kind == TypeKind::optional)
        named_keys_.left_out(ast(), slot.value);
      return conform_set(instance, index, given);
    }
    case SlotShape::fragments: {
      const Value v = fragments({instance, index}, field.type);
      return conform(v, field.type, ast().entries[slot.set_by].name_span, what());
    }
    case SlotShape::entries:
      return within(entries(instance, index), type(core(field.type)), set_at(instance, index),
                    what());
  }
  return make(ValueKind::error, ExprId());
}

Value Evaluator::fragments(const FieldPlace& place, TypeId type_id) {
  const Slot& slot = lab_.slot(place.first, place.second);
  if (type(core(type_id)).kind == TypeKind::list) {
    values::List* joined = heap_.list();
    for (const Fragment& piece : slot.fragments) {
      frames_.back().env = piece.context.env;
      const ExprId from = piece.entry.valid() ? ast().entries[piece.entry].value : piece.whole;
      const Value v = value(from, piece.context);
      if (v.is(ValueKind::error) || v.is(ValueKind::unlearned)) return v;
      if (v.is(ValueKind::absent)) named_keys_.left_out(ast(), from);
      if (auto told = too_long(joined->items.size() + element_count(v), from)) return *told;
      const std::size_t begin = joined->items.size();
      elements(v, joined->items, from);
      note_items(*joined, begin, v);
    }
    Value v = make(ValueKind::list, ExprId());
    v.list = joined;
    return v;
  }
  std::optional<PieceTrail> trail;
  if (noted_pieces != nullptr) trail.emplace(*noted_pieces, place.first, place.second);
  bool first = true;  // what is built again gives nothing new
  return built(slot.fragments.size(), type_id, [&](TreeBuilder& builder) {
    if (trail && std::exchange(first, false)) builder.follow(*trail);
    for (const Fragment& piece : slot.fragments) {
      frames_.back().env = piece.context.env;
      if (piece.entry.valid()) {
        builder.entry(piece.entry, piece.segment, piece.context);
      } else {
        builder.whole(piece.whole, piece.context);
      }
    }
  });
}

Value Evaluator::tree(Range body, const Context& context, TypeId type_id) {
  return built(body.count, type_id, [&](TreeBuilder& builder) { builder.body(body, context); });
}

/// A map or tree of its pieces. Where one was laid over another it is built again, to see whose they are.
Value Evaluator::built(std::size_t expected, TypeId type_id,
                       const std::function<void(TreeBuilder&)>& pieces) {
  values::Map* map = heap_.map(expected);
  RecordsInTree records;
  TreeBuilder builder(*this, *map, core(type_id), &records);
  pieces(builder);
  builder.close();
  for (const InstanceId made : records.made) finish(made);
  if (!builder.spoiled().is(ValueKind::absent)) return builder.spoiled();
  if (builder.overlaps() && !has_broken_bodies) {
    values::Map again;
    SetPlaces places;
    TreeBuilder watching(*this, again, core(type_id), nullptr);
    watching.watch(places);
    pieces(watching);
  }
  Value v = make(ValueKind::map, ExprId());
  v.map = map;
  return v;
}

Value Evaluator::entries(InstanceId instance, std::uint32_t index) {
  const Field& field = program_.kinds[lab_.instances[instance].kind].fields[index];
  const TypeId item_type = type(core(field.type)).a;
  if (lab_.slot(instance, index).key_missing) return make(ValueKind::error, ExprId());
  const std::size_t count = lab_.slot(instance, index).entries.size();
  values::Map* map = heap_.map(count);
  Value spoiled = make(ValueKind::absent, ExprId());
  for (std::size_t i = 0; i < count; ++i) {
    MapEntry& entry = lab_.slot(instance, index).entries[i];
    Value v;
    if (entry.nested.valid()) {
      v = values::make_instance(entry.nested, ExprId());
    } else if (type(core(item_type)).kind == TypeKind::lease) {
      v = lease(instance, index, entry);
    } else {
      frames_.back().env = entry.context.env;
      v = value(entry.value, entry.context);
      if (v.is(ValueKind::absent)) named_keys_.left_out(ast(), entry.value);
      if (!v.is(ValueKind::absent)) v = conform(v, item_type, entry.span, text(field.name));
    }
    if (v.is(ValueKind::error)) spoiled = v;
    if (!v.is(ValueKind::absent)) map->items.push_back({entry.key, v});
  }
  if (spoiled.is(ValueKind::error)) return spoiled;
  Value v = make(ValueKind::map, ExprId());
  v.map = map;
  return v;
}

/// Strict: everything that is written is computed, used or not.
void Evaluator::all_fields() {
  for (std::uint32_t i = 0; i < lab_.instances.size();
       ++i) {  // grows: records made while computing
    const InstanceId id(i);
    if (lab_.instances[id].planned || !lab_.instances[id].settled) continue;
    const std::uint32_t count = lab_.instances[id].slot_count;
    for (std::uint32_t f = 0; f < count; ++f) field(id, f, ExprId());
  }
  break_circles();
  break_heavy_records();
}

}  // namespace hlab::evaluate
