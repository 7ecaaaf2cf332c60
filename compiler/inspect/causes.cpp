#include "compiler/inspect/causes.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/inspect/value_text.h"

namespace hlab::inspect {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

constexpr int kDeepest = 6;
constexpr std::size_t kMost = 24;      // causes of one value
constexpr std::size_t kMostReads = 8;  // of one cause
constexpr std::size_t kMostGiven = 4;  // parameters of one call
constexpr std::size_t kMostParts = 64;

void find_made(const Value& value, syntax::ExprId by, Part& here, std::vector<Part>& found) {
  if (found.size() >= kMostParts) return;
  if (value.is(ValueKind::map)) {
    for (const values::MapItem& item : value.map->items) {
      here.within.push_back({item.key, 0, false});
      find_made(item.value, by, here, found);
      here.within.pop_back();
    }
  } else if (value.is(ValueKind::list)) {
    for (std::uint32_t i = 0; i < value.list->items.size(); ++i) {
      here.within.push_back({{}, i, true});
      find_made(value.list->items[i], by, here, found);
      here.within.pop_back();
    }
  }
  const bool holds_it = std::any_of(found.begin(), found.end(), [&](const Part& part) {
    return part.within.size() > here.within.size() && value.is(ValueKind::list);
  });
  if (value.origin == by && !holds_it) found.push_back(here);
}

/// What there is to tell of a value that was read: references only say whose field is meant.
bool tells(const Value& value) {
  if (value.hollow() || value.is(ValueKind::instance)) return false;
  if (value.is(ValueKind::map)) {
    return std::none_of(
        value.map->items.begin(), value.map->items.end(),
        [](const values::MapItem& item) { return item.value.is(ValueKind::instance); });
  }
  if (!value.is(ValueKind::list)) return true;
  return std::none_of(value.list->items.begin(), value.list->items.end(),
                      [](const Value& item) { return item.is(ValueKind::instance); });
}

}  // namespace

std::vector<Part> CauseFinder::made_by(syntax::ExprId expression, const Subject& subject) const {
  std::vector<Part> found;
  if (!expression.valid()) return found;
  Part here{subject, {}};
  find_made(lab_.known(subject.instance, subject.field), expression, here, found);
  return found;
}

Part CauseFinder::item_of(const Subject& subject, std::uint32_t item) const {
  const Value& whole = lab_.known(subject.instance, subject.field);
  if (whole.is(ValueKind::map) && item < whole.map->items.size())
    return {subject, {{whole.map->items[item].key, 0, false}}};
  if (whole.is(ValueKind::list)) return {subject, {{{}, item, true}}};
  return {subject, {}};
}

std::string CauseFinder::step_text(const Step& step) const {
  if (step.is_index) return fmt::format("[{}]", step.index);
  return "." + key_text(key_name(View(program_, lab_, {}), step.key));
}

std::string CauseFinder::path(const Part& part) const {
  const program::Kind& kind = program_.kinds[lab_.instances[part.subject.instance].kind];
  std::string out = program::instance_path(program_, lab_, part.subject.instance) + "." +
                    std::string(program_.text(kind.fields[part.subject.field].name));
  for (const Step& step : part.within) out += step_text(step);
  return out;
}

Value CauseFinder::value_at(const Part& part) const {
  Value value = lab_.known(part.subject.instance, part.subject.field);
  for (const Step& step : part.within) {
    if (step.is_index && value.is(ValueKind::list) && step.index < value.list->items.size()) {
      value = value.list->items[step.index];
    } else if (!step.is_index && value.is(ValueKind::map)) {
      const Value* found = value.map->find(step.key);
      value = found == nullptr ? Value() : *found;
    } else {
      return {};
    }
  }
  return value;
}

Provenance CauseFinder::provenance(const Part& part) const {
  const program::Slot& slot = lab_.slot(part.subject.instance, part.subject.field);
  if (part.within.empty() || part.within.front().is_index) return inspector_.of(part.subject);
  if (slot.shape == program::SlotShape::entries) {
    Subject one = part.subject;
    one.key = part.within.front().key;
    return inspector_.of(one);
  }
  std::vector<std::string> names;
  for (const Step& step : part.within) {
    if (step.is_index) break;
    names.emplace_back(key_name(View(program_, lab_, {}), step.key));
  }
  return inspector_.of(part.subject, names);
}

std::string CauseFinder::given(program::FunctionId function,
                               const std::vector<Value>& values) const {
  const auto parameters = syntax::view(
      program_.ast->parameters,
      program_.ast->entries[program_.functions[function].entry].parameters);
  const View context(program_, lab_, {});
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(values.size(), parameters.size()); ++i) {
    if (i == kMostGiven) return out + ", ...";
    out += fmt::format("{}`{}` = {}", i == 0 ? "" : ", ", program_.text(parameters[i].name),
                       value_text(context, values[i], kMostTold).text);
  }
  return out;
}

std::string CauseFinder::given(const program::Called& called) const {
  std::vector<Value> values;
  for (const program::Env* env = called.given; env != nullptr; env = env->parent)
    values.push_back(env->value);
  std::reverse(values.begin(), values.end());
  return given(program::FunctionId(program_.resolutions[called.call.index].a), values);
}

/// In which rounds of loops it was made: its entry, and the items and entries that it lies in.
std::vector<const program::Env*> CauseFinder::rounds_of(const Part& part) const {
  std::vector<const program::Env*> rounds;
  const program::Slot& slot = lab_.slot(part.subject.instance, part.subject.field);
  Value value = slot.result;
  for (const Step& step : part.within) {
    if (step.is_index && value.is(ValueKind::list) && step.index < value.list->items.size()) {
      const auto known = workings_.items.find({value.list, step.index});
      if (known != workings_.items.end()) rounds.push_back(known->second);
      value = value.list->items[step.index];
    } else if (!step.is_index && value.is(ValueKind::map)) {
      const auto known = workings_.entries.find({value.map, step.key.is_instance, step.key.id});
      if (known != workings_.entries.end()) rounds.push_back(known->second);
      const Value* found = value.map->find(step.key);
      value = found == nullptr ? Value() : *found;
    }
  }
  if (part.within.empty() || slot.shape != program::SlotShape::entries) return rounds;
  for (const program::MapEntry& entry : slot.entries) {
    if (entry.key == part.within.front().key) rounds.push_back(entry.context.env);
  }
  return rounds;
}

/// Whether what happened there did so for these rounds, and not for other ones of the same loops.
bool CauseFinder::is_of_round(const std::vector<const program::Env*>& rounds,
                              const program::Env* env) const {
  const auto is_apart = [&](const program::Env* mine) {
    const program::Round* round = lab_.rounds.find(mine);
    for (const program::Env* at = env; round != nullptr && at != nullptr; at = at->parent) {
      const program::Round* other = lab_.rounds.find(at);
      if (other != nullptr && other->source == round->source && at != mine) return true;
    }
    return false;
  };
  return std::none_of(rounds.begin(), rounds.end(), [&](const program::Env* round) {
    for (; round != nullptr; round = round->parent) {
      if (is_apart(round)) return true;
    }
    return false;
  });
}

bool CauseFinder::in_function(Span at) const {
  return std::any_of(program_.functions.begin(), program_.functions.end(),
                     [&](const program::Function& one) {
                       return contains(program_.ast->entries[one.entry].span, at);
                     });
}

bool CauseFinder::in_entries(const Cause& cause, Span at) {
  return std::any_of(cause.from.set_by.begin(), cause.from.set_by.end(),
                     [&](const Origin& origin) { return contains(origin.at, at); });
}

bool CauseFinder::in_claim(const Cause& cause, Span offer) {
  return std::any_of(cause.from.set_by.begin(), cause.from.set_by.end(),
                     [&](const Origin& origin) { return contains(offer, origin.at); });
}

/// Calls in the text of the entries that gave the value, of functions in which it was made.
std::vector<FunctionCall> CauseFinder::calls_to(const Cause& cause) const {
  std::vector<FunctionCall> out;
  if (!cause.value.origin.valid()) return out;
  const Span made = program_.ast->exprs[cause.value.origin].span;
  const auto rounds = rounds_of(cause.part);
  for (const program::Called& called : workings_.calls) {
    if (called.reader != cause.part.subject.instance || called.field != cause.part.subject.field)
      continue;
    const program::FunctionId function(program_.resolutions[called.call.index].a);
    const syntax::Entry& declared = program_.ast->entries[program_.functions[function].entry];
    if (!contains(declared.span, made) || !is_of_round(rounds, called.env)) continue;
    const Span at = program_.ast->exprs[called.call].span;
    if (!in_entries(cause, at) && !in_function(at)) continue;  // for another part of the field
    const auto known = std::find_if(out.begin(), out.end(),
                                    [&](const FunctionCall& other) { return other.at == at; });
    // Called in several rounds: which of them made this value is not noted.
    if (known != out.end() && known->given != given(called)) known->given.clear();
    if (known != out.end() || out.size() == kMostReads) continue;
    out.push_back({std::string(program_.text(declared.name)), at, given(called), ""});
  }
  add_claim(cause, out);
  return out;
}

/// Of what somebody claimed: the claim, where the value is of its arguments or of what is laid over for it.
void CauseFinder::add_claim(const Cause& cause, std::vector<FunctionCall>& calls) const {
  const auto is_part = [&](program::InstanceId whole) {
    program::InstanceId at = cause.part.subject.instance;
    while (at.valid() && at != whole) at = lab_.instances[at].owner;
    return at == whole;
  };
  for (const program::Claim& claim : lab_.claims) {
    if (!is_part(claim.made)) continue;
    const syntax::Entry& offer = program_.ast->entries[program_.functions[claim.offer].entry];
    if (!in_claim(cause, offer.span)) continue;
    calls.push_back({std::string(program_.text(offer.name)), program_.ast->exprs[claim.call].span,
                     given(claim.offer, claim.arguments),
                     program::instance_path(program_, lab_, claim.by)});
  }
}

void CauseFinder::add_reads(std::size_t cause, Search& search) const {
  const Part part = search.found.list[cause].part;
  const Value value = search.found.list[cause].value;
  const int depth = search.found.list[cause].depth;
  std::vector<Span> texts;
  for (const Origin& origin : search.found.list[cause].from.set_by) texts.push_back(origin.at);
  const auto rounds = rounds_of(part);
  std::size_t count = 0;
  for (const program::Read& read : workings_.reads) {
    if (read.reader != part.subject.instance || read.field != part.subject.field) continue;
    const syntax::ExprId stands = read.call.valid() ? read.call : read.at;
    if (!stands.valid() || !is_of_round(rounds, read.env)) continue;
    const Span at = program_.ast->exprs[stands].span;
    if (std::none_of(texts.begin(), texts.end(), [&](Span text) { return contains(text, at); }))
      continue;
    if (read.of == part.subject.instance && read.read_field == part.subject.field) continue;
    Part child{{read.of, read.read_field, {}}, {}};
    const std::vector<Part> passed = made_by(value.origin, child.subject);
    if (passed.size() == 1) {
      child = passed.front();
      search.found.list[cause].passed_on = true;
    }
    if (!tells(value_at(child)) || search.known.contains(path(child))) continue;
    if (++count > kMostReads || depth == kDeepest || search.found.list.size() >= kMost) {
      ++search.found.left_out;
      continue;
    }
    add(child, depth + 1, search);
  }
}

void CauseFinder::add(const Part& part, int depth, Search& search) const {
  if (!search.known.insert(path(part)).second) return;
  Cause cause;
  cause.part = part;
  cause.path = path(part);
  cause.value = value_at(part);
  cause.from = provenance(part);
  cause.depth = depth;
  cause.calls = calls_to(cause);
  search.found.list.push_back(std::move(cause));
  add_reads(search.found.list.size() - 1, search);
}

Causes CauseFinder::of(const Part& part) const {
  Search search;
  add(part, 0, search);
  return std::move(search.found);
}

}  // namespace hlab::inspect
