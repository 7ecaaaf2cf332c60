// Names, members, calls.
#include <fmt/format.h>

#include "compiler/diag/suggest.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/evaluate/variation_diags.h"
#include "compiler/program/owners.h"
#include "compiler/values/builtins.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Argument;
using syntax::Expr;
using syntax::ExprKind;
using values::make;
using values::make_text;

Value Evaluator::instance_value(ExprId id, InstanceId target, const Context& context) {
  const bool live = !context.self.valid() || !lab_.instances[context.self].planned;
  if (lab_.instances[target].gone && counts_left_out) return values::make_instance(target, id);
  if (lab_.instances[target].gone && live) {
    const bool in_a_field = context.self.valid();
    const Span at = ast().exprs[id].span;
    trace(diags_.report(kLeftOut, at, path(target)), at, path(target))
        .help(in_a_field ? "override this field in the site or test, or leave out what needs it too"
                         : "ask about what is left: what it went without has no fields here");
    return make(ValueKind::error, id);
  }
  if (needs_planned(ast().exprs[id].span, target, context)) return make(ValueKind::error, id);
  return values::make_instance(target, id);
}

/// Whether something live names what is only planned, which is told.
bool Evaluator::needs_planned(Span at, InstanceId target, const Context& context) {
  const bool live = !context.self.valid() || !lab_.instances[context.self].planned;
  if (!lab_.instances[target].planned || !live) return false;
  const bool for_a_value = std::any_of(frames_.begin(), frames_.end(),
                                       [](const Frame& frame) { return frame.holder.valid(); });
  auto report = diags_.report(kPlannedInUse, at, path(target))
                    .label(lab_.instances[target].name_span, "planned here")
                    .help(for_a_value
                              ? "take `planned` away, or plan what needs it as well"
                              : "policies and tests ask what is there today: take `planned` away, "
                                "or name it here once it is gone");
  trace(report, at, path(target));
  return true;
}

Value Evaluator::name(ExprId id, const Context& context) {
  const Resolution how = program_.resolutions[id.index];
  switch (how.kind) {
    case ResolutionKind::local: {
      const Env* env = context.env;
      for (std::uint32_t i = 0; i < how.a && env != nullptr; ++i) env = env->parent;
      return env != nullptr ? env->value : make(ValueKind::error, id);
    }
    case ResolutionKind::tag: {
      Value v = make(ValueKind::symbol, id);
      v.symbol = how.a;
      return v;
    }
    case ResolutionKind::instance: {
      if (InstanceId(how.a).valid()) return instance_value(id, InstanceId(how.a), context);
      const auto& labs = instances_of(program_.core_kind("lab"));
      return labs.empty() ? make(ValueKind::error, id) : values::make_instance(labs.front(), id);
    }
    case ResolutionKind::group: {
      values::List* members = heap_.list();
      for (const InstanceId one : lab_.groups[how.a].members) {
        if (lab_.instances[one].planned) continue;
        members->items.push_back(values::make_instance(one, id));
      }
      Value v = make(ValueKind::list, id);
      v.list = members;
      return v;
    }
    case ResolutionKind::construct: {
      if (makes_itself(id)) return make(ValueKind::error, id);
      const InstanceId made = construct(id, context.self, Symbol(), Symbol(), ast().exprs[id].span,
                                        context);
      note_maker(made);
      finish(made);
      return values::make_instance(made, id);
    }
    case ResolutionKind::null_of_tree: return make(ValueKind::null, id);
    case ResolutionKind::lease_auto: return wish(values::Want::automatic, id);
    case ResolutionKind::lease_learned: return wish(values::Want::learned, id);
    default: return make(ValueKind::error, id);
  }
}

Value Evaluator::member(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  const Resolution how = program_.resolutions[id.index];
  if (e.kind == ExprKind::self_field) {
    if (!context.self.valid()) return make(ValueKind::error, id);
    return member_of(id, values::make_instance(context.self, id));
  }
  const bool declared = how.kind == ResolutionKind::instance || how.kind == ResolutionKind::group;
  if (declared || how.kind == ResolutionKind::construct) return name(id, context);
  if (how.kind == ResolutionKind::lookup) return all(id);
  if (how.kind == ResolutionKind::words) return words(TypeId(how.a), id);
  return member_of(id, value(ExprId(e.a), context));
}

/// Those that carry nothing, in the order of the type.
Value Evaluator::words(TypeId type_id, ExprId id) {
  values::List* list = heap_.list();
  for (const types::Tag& tag : program_.types.tags(type_id)) {
    if (tag.payload.valid()) continue;
    Value word = make(ValueKind::symbol, id);
    word.symbol = tag.name.index;
    list->items.push_back(word);
  }
  Value v = make(ValueKind::list, id);
  v.list = list;
  return v;
}

Value Evaluator::member_of(ExprId id, const Value& object) {
  if (object.hollow()) return values::spread_hollow(object, id);
  const Resolution how = program_.resolutions[id.index];
  switch (how.kind) {
    case ResolutionKind::field: {
      if (!object.is(ValueKind::instance)) return make(ValueKind::error, id);
      return field(object.as_instance(), how.a, id);
    }
    case ResolutionKind::intrinsic: {
      if (!object.is(ValueKind::instance)) return make(ValueKind::error, id);
      note_use(object.as_instance(), id);
      const Instance& instance = lab_.instances[object.as_instance()];
      const auto as_text = [&](std::string_view s) { return make_text(heap_.text(s), id); };
      switch (static_cast<Intrinsic>(how.a)) {
        case Intrinsic::name: return as_text(instance.called.valid() ? text(instance.called) : "");
        case Intrinsic::path: return as_text(path(object.as_instance()));
        case Intrinsic::kind_name: return as_text(text(program_.kinds[instance.kind].name));
        case Intrinsic::owner_name:
          return as_text(
              text(lab_.instances[program::holder_of(lab_, object.as_instance())].called));
      }
      return make(ValueKind::error, id);
    }
    case ResolutionKind::map_key: {
      const Value tree = object.is(ValueKind::instance) ? plain(object, id) : object;
      if (!tree.is(ValueKind::map))
        return make(tree.is(ValueKind::error) ? tree.kind : ValueKind::absent, id);
      for (const values::MapItem& item : tree.map->items) {
        const Symbol key = item.key.is_instance ? lab_.instances[InstanceId(item.key.id)].name
                                                : Symbol(item.key.id);
        if (key.index != how.a) continue;
        named_keys_.found(id);
        return item.value;
      }
      named_keys_.missed(id, *tree.map);
      return make(ValueKind::absent, id);
    }
    case ResolutionKind::builtin: {
      const auto& builtin = values::all_builtins()[how.a];
      auto result = values::apply_builtin(builtin, {heap_,
                                                    *program_.symbols,
                                                    object,
                                                    {},
                                                    id,
                                                    program_.resolutions[id.index].result,
                                                    tree_text,
                                                    &records_});
      charge(result.value);
      return result.problem.empty() ? result.value : failed(id, std::move(result.problem));
    }
    default: return make(ValueKind::error, id);
  }
}

Value Evaluator::lookup(ExprId id, const Context& context) {
  const Value key = value(ExprId(ast().exprs[id].b), context);
  if (key.hollow()) return values::spread_hollow(key, id);
  const InstanceId found = find_declared(id, key);
  if (!found) return make(ValueKind::error, id);
  if (context.self) lab_.lookups[id.index].emplace_back(context.self, found);
  return instance_value(id, found, context);
}

/// What an expression that looks up a computed name finds; none where no declaration is called so, which is told.
InstanceId Evaluator::find_declared(ExprId id, const Value& key) {
  const Expr& e = ast().exprs[id];
  const KindId kind(program_.resolutions[id.index].a);
  const program::ModuleId home = program_.resolutions[id.index].module;
  const program::ModuleId from = program_.module_of(e.span);
  const Symbol name = program_.symbols->find(key.as_text());
  for (const auto* const known : {&lab_.by_name, &held_by_name_}) {
    if (!name) break;
    const auto [first, last] = known->equal_range(name.index);
    for (auto it = first; it != last; ++it) {
      const program::Instance& declared = lab_.instances[it->second];
      const bool own = declared.module == from && program_.kinds[kind].module == home;
      if (home && home != declared.module && !own) continue;
      if (home && program_.is_hidden(declared.entry, declared.module, from)) continue;
      if (program_.is_kind(declared.kind, kind)) return it->second;
    }
  }
  if ((name && lab_.broken_names.contains(name.index)) || is_enough(e.span, key.as_text()))
    return {};  // told
  std::vector<std::string_view> names;
  for (const InstanceId one : instances_of(kind)) names.push_back(text(lab_.instances[one].name));
  auto report = diags_.report(kNoSuchInstance, e.span, text(program_.kinds[kind].name),
                              key.as_text());
  const std::string_view near = diag::closest(key.as_text(), names);
  if (!near.empty()) report.help(fmt::format("did you mean `{}`?", near));
  trace(report, e.span, key.as_text());
  return {};
}

values::MapKey Evaluator::key_of(std::uint32_t at, const Context& context, Value* told) {
  const std::uint32_t declared = program_.segment_instances[at];
  InstanceId instance = declared == Id<void>::kNone ? InstanceId() : InstanceId(declared);
  const syntax::Segment& segment = ast().segments[at];
  if (!instance && !segment.key.valid()) return values::MapKey::of(segment.name);
  if (!instance) {
    const Value name = value(segment.key, context);
    const bool looked_up = program_.resolutions[segment.key.index].kind == ResolutionKind::lookup;
    if (name.is(ValueKind::string) && !looked_up)
      return values::MapKey::of(program_.symbols->intern(name.as_text()));
    if (name.is(ValueKind::string)) instance = find_declared(segment.key, name);
    if (!instance) {
      if (told != nullptr) *told = name.hollow() ? name : make(ValueKind::error, segment.key);
      return {};
    }
  }
  if (lab_.instances[instance].gone && !counts_left_out) return {};
  return values::MapKey::of(instance);
}

Value Evaluator::index(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  if (program_.resolutions[id.index].kind == ResolutionKind::lookup) return lookup(id, context);
  Value object = value(ExprId(e.a), context);
  if (object.is(ValueKind::instance)) object = plain(object, id);  // a record, seen as a tree
  const Value key = value(ExprId(e.b), context);
  if (object.hollow() || key.hollow())
    return values::spread_hollow(values::most_hollow(object, key), id);
  // A list of a tree has no entry of any name.
  if (object.is(ValueKind::list) && key.is(ValueKind::string)) return make(ValueKind::absent, id);
  if (object.is(ValueKind::list)) {
    const auto size = static_cast<std::int64_t>(object.list->items.size());
    if (!key.is(ValueKind::integer) || key.number < 0 || key.number >= size) {
      return failed(
          id, fmt::format("the list has {} element{}, counted from 0", size, size == 1 ? "" : "s"));
    }
    return object.list->items[static_cast<std::size_t>(key.number)];
  }
  if (!object.is(ValueKind::map)) return make(ValueKind::absent, id);
  values::MapKey wanted;
  if (key.is(ValueKind::instance)) {
    wanted = values::MapKey::of(key.as_instance());
  } else if (key.is(ValueKind::string)) {
    wanted = values::MapKey::of(program_.symbols->intern(key.as_text()));
  }
  const Value* found = find_in(*object.map, wanted);
  if (found == nullptr) {
    named_keys_.missed(id, *object.map);
    return make(ValueKind::absent, id);
  }
  named_keys_.found(id);
  return *found;
}

/// Maps that are read are finished: nothing is added to them any more.
const Value* Evaluator::find_in(const values::Map& map, values::MapKey key) {
  constexpr std::size_t kFew = 64;
  if (map.items.size() <= kFew) return map.find(key);
  const auto number = [](values::MapKey k) {
    return (std::uint64_t{k.id} << 1) | (k.is_instance ? 1u : 0u);
  };
  auto& places = map_places_[&map];
  for (std::size_t i = places.size(); i < map.items.size(); ++i)
    places.emplace(number(map.items[i].key), i);
  const auto found = places.find(number(key));
  return found == places.end() ? nullptr : &map.items[found->second].value;
}

Value Evaluator::call(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  const Expr& callee = ast().exprs[ExprId(e.a)];
  const Resolution how = program_.resolutions[id.index];
  switch (how.kind) {
    case ResolutionKind::tag: {
      const Argument& argument = ast().arguments[e.list.begin];
      const Value payload = value(argument.value, context);
      if (payload.hollow()) return values::spread_hollow(payload, id);
      Value v = make(ValueKind::variant, id);
      v.variant = heap_.variant(Symbol(how.a), payload);
      return v;
    }
    case ResolutionKind::function: return function_call(id, context, InstanceId());
    case ResolutionKind::method: {
      if (callee.kind == ExprKind::self_field) return function_call(id, context, context.self);
      const Value object = value(ExprId(callee.a), context);
      if (object.hollow()) return values::spread_hollow(object, id);
      return function_call(id, context, object.as_instance());
    }
    case ResolutionKind::builtin: return builtin(id, context);
    case ResolutionKind::claim: return claimed(id, context);
    case ResolutionKind::input: return loaded(id, how.a);
    default: return make(ValueKind::error, id);
  }
}

std::optional<std::vector<Value>> Evaluator::arguments(ExprId call, const Function& function,
                                                       const Context& context, InstanceId self) {
  const syntax::Entry& declared = ast().entries[function.entry];
  const auto parameters = syntax::view(ast().parameters, declared.parameters);
  std::vector<Value> given(parameters.size(), make(ValueKind::absent, call));
  std::vector<bool> set(parameters.size(), false);
  std::uint32_t position = 0;
  for (const Argument& argument : syntax::view(ast().arguments, ast().exprs[call].list)) {
    std::uint32_t at = argument.name.valid() ? 0 : position++;
    while (argument.name.valid() && at < parameters.size() && parameters[at].name != argument.name)
      ++at;
    if (at >= parameters.size()) return std::nullopt;
    given[at] = fitting(argument.value, function.parameters[at], parameters[at].name, context);
    set[at] = true;
  }
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    if (set[i]) continue;
    given[i] = fitting(parameters[i].fallback, function.parameters[i], parameters[i].name,
                       {self, nullptr});
  }
  return given;
}

Value Evaluator::function_call(ExprId id, const Context& context, InstanceId self) {
  const Function& function = program_.functions[FunctionId(program_.resolutions[id.index].a)];
  const syntax::Entry& declared = ast().entries[function.entry];
  const auto given = arguments(id, function, context, self);
  if (!given) return make(ValueKind::error, id);
  const Env* env = nullptr;
  for (std::size_t i = 0; i < given->size(); ++i) {
    const Value& one = (*given)[i];
    // A check may hand on what is absent where a value is needed: there is nothing to ask then.
    const types::TypeKind wanted = type(function.parameters[i]).kind;
    const bool may_lack = wanted == types::TypeKind::optional || wanted == types::TypeKind::yaml;
    if (one.is(ValueKind::absent) && !may_lack) return make(ValueKind::absent, id);
    env = lab_.extend(env, one);
  }
  const Entered body(frames_, {Frame::Kind::call, env, self, id});
  note_call(id, context, env);
  Value result = value(declared.value, {self, env});
  // The entry of a map may be absent where its type says that it is there; in a tree anything may.
  const bool is_missing = result.is(ValueKind::absent) && !is_of_library(declared.span) &&
                          type(core(function.result)).kind != types::TypeKind::yaml;
  if (declared.type.valid() && (!result.hollow() || is_missing)) {
    result = conform(result, function.result, blamed(ast().exprs[declared.value].span),
                     text(function.name));
  }
  const bool is_scalar = result.kind >= ValueKind::integer && result.kind <= ValueKind::int_range;
  if (is_scalar && !is_of_library(ast().exprs[id].span))
    lab_.rounds.add_call({id, context.self, context.env, env});
  return result;
}

/// What a parameter is given, made to be of its type: a whole number for a Float, a text of the right form.
Value Evaluator::fitting(ExprId id, TypeId wanted, Symbol parameter, const Context& context) {
  const Value given = value(id, context);
  return given.hollow() ? given
                        : conform(given, wanted, blamed(ast().exprs[id].span), text(parameter));
}

Value Evaluator::builtin(ExprId id, const Context& context) {
  const Expr& e = ast().exprs[id];
  const auto& builtin = values::all_builtins()[program_.resolutions[id.index].a];
  Value receiver = make(ValueKind::absent, id);
  if (builtin.receiver != types::TypeKind::absent) {
    const Expr& callee = ast().exprs[ExprId(e.a)];
    receiver = value(ExprId(callee.a), context);
    if (receiver.hollow()) return values::spread_hollow(receiver, id);
    if (builtin.receiver == types::TypeKind::yaml) receiver = plain(receiver, id);
  }
  std::vector<Value> arguments(e.list.count);
  std::size_t position = 0;
  for (const Argument& argument : syntax::view(ast().arguments, e.list)) {
    const std::size_t place = argument.name.valid()
                                  ? values::parameter_place(builtin, text(argument.name))
                                  : position++;
    if (place >= arguments.size()) return make(ValueKind::error, id);  // that has its message
    Value& given = arguments[place];
    given = value(argument.value, context);
    if (builtin.takes_tree) given = plain(given, id);
  }
  auto result = values::apply_builtin(
      builtin, {heap_, *program_.symbols, receiver, arguments, id,
                program_.resolutions[id.index].result, tree_text, &records_});
  charge(result.value);
  charge_looking(builtin, receiver);
  return result.problem.empty() ? result.value : failed(id, std::move(result.problem));
}

/// Most go through all that they are asked of. Those that compare count what they compare.
void Evaluator::charge_looking(const values::Builtin& builtin, const Value& receiver) {
  constexpr std::string_view kAtOnce[] = {"length", "first", "last", "slice"};
  const bool at_once = std::find(std::begin(kAtOnce), std::end(kAtOnce), builtin.name) !=
                       std::end(kAtOnce);
  if (receiver.is(ValueKind::string)) look(receiver.as_text().size() / kBytesOfPart);
  if (builtin.compares || at_once) return;
  if (receiver.is(ValueKind::list)) look(receiver.list->items.size());
  if (receiver.is(ValueKind::map)) look(receiver.map->items.size());
}

/// A file is read once; each `load` of it is where its own values come from.
Value Evaluator::loaded(ExprId id, std::uint32_t path) {
  const auto found = inputs.find(path);
  if (found == inputs.end()) return make(ValueKind::error, id);
  if (found->second.origin == id) return found->second;
  const auto [known, fresh] = loaded_.try_emplace(id.index);
  if (fresh) known->second = made_at(id, found->second);
  return known->second;
}

Value Evaluator::made_at(ExprId id, const Value& tree) {
  Value made = tree;
  made.origin = id;
  if (tree.is(ValueKind::list)) {
    values::List* list = heap_.list(tree.list->items.size());
    for (const Value& item : tree.list->items) list->items.push_back(made_at(id, item));
    made.list = list;
  } else if (tree.is(ValueKind::map)) {
    values::Map* map = heap_.map(tree.map->items.size());
    for (const values::MapItem& item : tree.map->items)
      map->items.push_back({item.key, made_at(id, item.value)});
    made.map = map;
  }
  charge(made);
  return made;
}

}  // namespace hlab::evaluate
