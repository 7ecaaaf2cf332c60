// Calls: functions, methods of kinds, built-in operations, words with a payload.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/foreign_words.h"
#include "compiler/check/module_names.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/suggest.h"
#include "compiler/values/builtins.h"

namespace hlab::check {

using program::FunctionId;
using program::ResolutionKind;
using syntax::Argument;
using syntax::ExprKind;
using enum TypeKind;

namespace {

/// What stands in the parentheses of other languages' operations is often no value of its own: `xs.filter(x > 1)`.
bool is_foreign(std::string_view operation) { return !instead_of_operation(operation).empty(); }

}  // namespace

void Checker::arguments_anyhow(const Expr& e, Scope& scope) {
  for (const Argument& argument : syntax::view(ast().arguments, e.list)) {
    expression(argument.value, TypeId(), scope);
  }
}

TypeId Checker::not_callable(const Expr& e, std::string_view what, std::string_view name,
                             Scope& scope) {
  if (!is_foreign(name)) arguments_anyhow(e, scope);
  for (const Argument& argument : syntax::view(ast().arguments, e.list)) {
    if (is_foreign(name)) poison(argument.value);
  }
  auto report = diags_.report(kNotCallable, ast().exprs[ExprId(e.a)].span, what, name);
  if (const std::string_view instead = instead_of_operation(name); !instead.empty()) {
    report.help(std::string(instead));
    return poisoned();
  }
  const auto arguments = syntax::view(ast().arguments, e.list);
  const auto& known = values::all_builtins();
  const bool of_values = std::any_of(known.begin(), known.end(), [&](const values::Builtin& b) {
    return b.receiver != absent && b.name == name;
  });
  if (of_values && !arguments.empty()) {
    report.help(fmt::format("it is asked of a value: `({}).{}`",
                            sources_.text(ast().exprs[arguments.begin()->value].span), name));
  }
  return poisoned();
}

TypeId Checker::call(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  switch (ast().exprs[ExprId(e.a)].kind) {
    case ExprKind::name: return call_by_name(id, e, expected, scope);
    case ExprKind::self_field: return call_of_self(id, e, scope);
    case ExprKind::member: return call_of_member(id, e, scope);
    default: return not_callable(e, "this has no operation", "( )", scope);
  }
}

TypeId Checker::call_by_name(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const Expr callee = ast().exprs[ExprId(e.a)];
  const Symbol symbol(callee.a);
  const TypeId wanted = core(expected);
  if (wanted.valid() && type(wanted).kind == symbols) {
    const types::Tag* tag = program_.types.find_tag(wanted, symbol);
    if (tag != nullptr) return tag_call(id, e, *tag, wanted, scope);
  }
  for (const ModuleId module : {scope.module, program_.prelude}) {
    const auto found = program_.modules[module].functions.find(symbol.index);
    if (found != program_.modules[module].functions.end())
      return function_call(id, e, found->second, ResolutionKind::function, scope);
  }
  if (text(symbol) == "load") return load_call(id, e, scope);
  if (values::find_builtin(absent, text(symbol)) != nullptr)
    return builtin_call(id, e, TypeId(), symbol, callee.span, scope);
  const bool told = in_torn(symbol, callee.span) || (wanted.valid() && type(wanted).kind == error);
  if (!told && takes_payloads(wanted)) {
    unknown_tag(callee.span, symbol, wanted);
    arguments_anyhow(e, scope);
    return poisoned();
  }
  if (!told) return not_callable(e, "there is no function", text(symbol), scope);
  arguments_anyhow(e, scope);
  return poisoned();
}

/// Whether a word with a value may stand there: `days(3)`.
bool Checker::takes_payloads(TypeId wanted) const {
  if (!wanted.valid() || type(wanted).kind != symbols) return false;
  const auto tags = program_.types.tags(wanted);
  return std::any_of(tags.begin(), tags.end(),
                     [](const types::Tag& tag) { return tag.payload.valid(); });
}

TypeId Checker::call_of_self(ExprId id, const Expr& e, Scope& scope) {
  const ExprId callee_id(e.a);
  const Expr callee = ast().exprs[callee_id];
  if (!scope.self) return self_field(callee_id, callee, scope);
  const auto& methods = program_.kinds[scope.self].methods;
  const auto found = methods.find(callee.a);
  if (found == methods.end() && program_.kinds[scope.self].torn) {
    arguments_anyhow(e, scope);
    return poisoned();
  }
  if (found == methods.end())
    return not_callable(e, "this has no operation", text(Symbol(callee.a)), scope);
  return function_call(id, e, found->second, ResolutionKind::method, scope);
}

/// `x.f()`: of a value, or of a module.
TypeId Checker::call_of_member(ExprId id, const Expr& e, Scope& scope) {
  const ExprId callee_id(e.a);
  const Expr callee = ast().exprs[callee_id];
  const program::ModulePath module = module_of(callee_id, scope);
  if (module.broken) {
    arguments_anyhow(e, scope);
    return poisoned();
  }
  if (module.module && module.length == path_text(ExprId(callee.a)).size()) {
    const TypeId behind = call_behind_module(id, e, module.module, scope);
    if (behind.valid()) return behind;
  }
  const TypeId object = expression(ExprId(callee.a), TypeId(), scope);
  const TypeId receiver = program_.types.required(object);
  const types::Type t = type(receiver);
  if (t.kind == error) {
    arguments_anyhow(e, scope);
    return poisoned();
  }
  const bool open = type(object).kind == optional && !proven(ExprId(callee.a), scope) &&
                    !scope.in_check;
  const auto wrap = [&](TypeId result) {
    return open ? program_.types.optional_of(result) : result;
  };
  if (t.kind == reference || t.kind == nested) {
    const auto& methods = program_.kinds[t.of].methods;
    const auto found = methods.find(callee.b);
    if (found == methods.end()) return no_method(e, callee, t.of, described(receiver), scope);
    return wrap(function_call(id, e, found->second, ResolutionKind::method, scope));
  }
  return wrap(builtin_call(id, e, receiver, Symbol(callee.b),
                           callee.name_span.valid() ? callee.name_span : callee.span, scope));
}

/// None where the module's name may be that of a value, too: of the library.
TypeId Checker::call_behind_module(ExprId id, const Expr& e, ModuleId module, Scope& scope) {
  const Expr callee = ast().exprs[ExprId(e.a)];
  const auto& functions = program_.modules[module].functions;
  const auto found = functions.find(callee.b);
  if (found == functions.end())
    return program_.modules[module].library ? TypeId() : no_function(e, callee, module, scope);
  const syntax::EntryId entry = program_.functions[found->second].entry;
  if (program_.is_hidden(entry, module, scope.module))
    report_hidden(program_, entry, module, callee.span, diags_);
  return function_call(id, e, found->second, ResolutionKind::function, scope);
}

TypeId Checker::no_method(const Expr& e, const Expr& callee, KindId kind, std::string_view what,
                          Scope& scope) {
  arguments_anyhow(e, scope);
  if (program_.kinds[kind].torn || lacks_by_torn(kind, Symbol(callee.b))) return poisoned();
  std::vector<std::string_view> names;
  for (const auto& [name, function] : program_.kinds[kind].methods)
    names.push_back(text(Symbol(name)));
  std::sort(names.begin(), names.end());
  const std::string_view name = text(Symbol(callee.b));
  if (program_.is_kind(kind, program_.core_kind("secret")) &&
      values::find_builtin(string, name) != nullptr) {
    diags_.report(kSecretObserved, e.span, fmt::format("`.{}`", name));
    return poisoned();
  }
  auto report = diags_.report(kNotCallable,
                              callee.name_span.valid() ? callee.name_span : callee.span,
                              fmt::format("{} has no operation", what), name);
  const diag::Near near = diag::closest(name, names);
  report.suggest(near);
  if (near.empty()) {
    for (const program::Field& field : program_.kinds[kind].fields) {
      if (values::find_builtin(type(program_.types.required(field.type)).kind, name) == nullptr)
        continue;
      report.help(fmt::format("its `{0}` has one: `{1}.{0}.{2}`", text(field.name),
                              sources_.text(ast().exprs[ExprId(callee.a)].span), name));
      break;
    }
  }
  return poisoned();
}

/// `office.f(1)` where `office` declares no such function.
TypeId Checker::no_function(const Expr& e, const Expr& callee, ModuleId module, Scope& scope) {
  arguments_anyhow(e, scope);
  std::vector<std::string_view> names;
  for (const auto& [name, function] : program_.modules[module].functions) {
    if (!program_.is_hidden(program_.functions[function].entry, module, scope.module)) {
      names.push_back(text(Symbol(name)));
    }
  }
  std::sort(names.begin(), names.end());
  const Span at = callee.name_span.valid() ? callee.name_span : callee.span;
  diags_
      .report(kNotCallable, at,
              fmt::format("the module {} has no operation", module_name(program_, module)),
              text(Symbol(callee.b)))
      .suggest(diag::closest(text(Symbol(callee.b)), names));
  return poisoned();
}

TypeId Checker::tag_call(ExprId id, const Expr& e, const types::Tag& tag, TypeId whole,
                         Scope& scope) {
  resolve(id, ResolutionKind::tag, tag.name.index);
  const auto arguments = syntax::view(ast().arguments, e.list);
  if (!tag.payload.valid() || arguments.size() != 1 || arguments[0].name.valid()) {
    arguments_anyhow(e, scope);
    const std::string takes = tag.payload.valid() ? ": it takes one " + text(tag.payload)
                                                  : ": it takes none";
    diags_.report(kBadArguments, e.span, text(tag.name), takes);
    return poisoned();
  }
  expression(arguments[0].value, tag.payload, scope);
  return whole;
}

TypeId Checker::function_call(ExprId id, const Expr& e, FunctionId function_id, ResolutionKind how,
                              Scope& scope) {
  resolve(id, how, function_id.index);
  if (!functions_running_.empty())
    calls_.push_back({functions_running_.back(), function_id.index, e.span});
  const bool makes = program_.functions[function_id].makes.valid();
  const bool head = scope.head;
  const bool refused = makes && !may_claim(id, e, function_id, scope);
  if (makes && !refused) {
    resolve(id, ResolutionKind::claim, function_id.index);
    scope.head = true;  // which instances there are is settled before values are
  }
  const std::size_t errors = diags_.error_count();
  const std::string amiss = given_amiss(e, function_id, scope);
  scope.head = head;
  if (makes && (!amiss.empty() || diags_.error_count() != errors)) poison(id);  // nothing is made
  if (!amiss.empty()) {
    bad_arguments(e.span, function_id, amiss);
    return poisoned();
  }
  if (refused || cannot_settle(e, function_id, scope)) return poisoned();
  const TypeId declared = program_.functions[function_id].result;
  if (resolving_early_) function(function_id);  // its body is asked as well
  if (declared.valid()) return read(declared);
  function(function_id);
  const TypeId found = program_.functions[function_id].result;
  return found.valid() ? found : poisoned();
}

/// Checks what is given to each parameter. What is amiss first, or "".
std::string Checker::given_amiss(const Expr& e, FunctionId function_id, Scope& scope) {
  const std::vector<TypeId> types = program_.functions[function_id].parameters;
  const auto parameters = syntax::view(
      ast().parameters, ast().entries[program_.functions[function_id].entry].parameters);
  std::vector<bool> given(parameters.size(), false);
  std::string bad;
  std::size_t position = 0;
  for (const Argument& argument : syntax::view(ast().arguments, e.list)) {
    std::size_t at = argument.name.valid() ? 0 : position++;
    while (argument.name.valid() && at < parameters.size() &&
           parameters[static_cast<std::uint32_t>(at)].name != argument.name)
      ++at;
    if (at < parameters.size() && !given[at]) {
      given[at] = true;
      expression(argument.value, types[at], scope);
      continue;
    }
    expression(argument.value, TypeId(), scope);
    if (!bad.empty()) continue;
    bad = argument.name.valid() && at >= parameters.size()
              ? fmt::format("it has no parameter `{}`", text(argument.name))
          : at < parameters.size()
              ? fmt::format("`{}` is given twice",
                            text(parameters[static_cast<std::uint32_t>(at)].name))
          : parameters.empty() ? "it takes none"
                               : fmt::format("it takes {}", parameters.size());
  }
  for (std::uint32_t i = 0; i < parameters.size() && bad.empty(); ++i) {
    if (!given[i] && !parameters[i].fallback.valid())
      bad = fmt::format("`{}` is missing", text(parameters[i].name));
  }
  return bad;
}

void Checker::bad_arguments(Span call, FunctionId function_id, std::string_view amiss) {
  const program::Function& called = program_.functions[function_id];
  if (called.doubled) return;
  const syntax::Entry& declared = ast().entries[called.entry];
  std::string signature;
  std::size_t at = 0;
  for (const syntax::Parameter& parameter : syntax::view(ast().parameters, declared.parameters)) {
    signature += fmt::format("{}{}: {}", at == 0 ? "" : ", ", text(parameter.name),
                             text(called.parameters[at]));
    ++at;
  }
  diags_.report(kBadArguments, call, text(called.name), fmt::format(": {}", amiss))
      .label(declared.name_span, fmt::format("`{}({})`", text(called.name), signature));
}

/// In a head, a function whose body asks the lab. The body is looked at now: a head is evaluated at once.
bool Checker::cannot_settle(const Expr& e, FunctionId callee, const Scope& scope) {
  const bool in_function = !functions_running_.empty();
  if (program_.modules[program_.functions[callee].module].library) return false;
  if (!scope.head && !in_function) return false;
  function(callee, scope.head);
  const auto asking = asking_.find(callee.index);
  if (asking == asking_.end()) return false;
  const Span at = asking->second;
  if (in_function) {
    asking_.try_emplace(functions_running_.back(), at);
  } else {
    head_needs_constant(e.span,
                        fmt::format("what `{}` gives", text(program_.functions[callee].name)))
        .label(at, "it asks the lab here");
  }
  return scope.head;
}

void Checker::function(FunctionId id, bool in_head) {
  functions_done_.resize(program_.functions.size(), false);
  if (functions_open_.contains(id.index)) {
    program_.functions[id].result = poisoned();  // report_recursion shows the circle
    return;
  }
  if (functions_done_[id.index]) return;
  functions_done_[id.index] = true;
  if (ast().entries[program_.functions[id].entry].kind == syntax::EntryKind::offer)
    return offer(id);
  const program::Function data = program_.functions[id];
  const syntax::Entry& entry = ast().entries[data.entry];
  lease_in_signature(data);
  functions_running_.push_back(id.index);
  functions_open_.insert(id.index);
  Scope scope;
  scope.self = data.owner;
  scope.module = data.module;
  scope.head = in_head;
  const auto parameters = syntax::view(ast().parameters, entry.parameters);
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].fallback.valid())
      expression(parameters[i].fallback, data.parameters[i], scope);
  }
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    scope.locals.push_back({parameters[i].name, data.parameters[i]});
  }
  const TypeId result = expression(entry.value, data.result, scope);
  if (!program_.functions[id].result.valid()) program_.functions[id].result = result;
  functions_running_.pop_back();
  functions_open_.erase(id.index);
}

void Checker::report_recursion() {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(program_.functions.size(), Mark::fresh);
  std::unordered_map<std::uint32_t, std::vector<const Call*>> calls_of;
  for (const Call& call : calls_) calls_of[call.caller].push_back(&call);
  std::vector<const Call*> path;
  const auto visit = [&](const auto& self, std::uint32_t at) -> void {
    marks[at] = Mark::open;
    for (const Call* call : calls_of[at]) {
      if (marks[call->callee] == Mark::done) continue;
      path.push_back(call);
      if (marks[call->callee] == Mark::open) {
        auto report = diags_.report(kRecursion, call->at,
                                    text(program_.functions[FunctionId(call->callee)].name));
        for (const Call* step : path) {
          if (step != call) report.label(step->at, "which calls this");
        }
      } else {
        self(self, call->callee);
      }
      path.pop_back();
    }
    marks[at] = Mark::done;
  };
  for (const Call& call : calls_) {
    if (marks[call.caller] == Mark::fresh) visit(visit, call.caller);
  }
}

/// Which files a lab reads has to be known before anything is computed.
TypeId Checker::load_call(ExprId id, const Expr& e, Scope& scope) {
  const auto arguments = syntax::view(ast().arguments, e.list);
  const bool literal = arguments.size() == 1 && !arguments[0].name.valid() &&
                       ast().exprs[arguments[0].value].kind == ExprKind::string;
  if (!literal || !load_input || sources_.file(e.span.file).is_library) {
    arguments_anyhow(e, scope);
    diags_.report(kLoadPath, e.span);
    return poisoned();
  }
  Symbol path(ast().exprs[arguments[0].value].a);
  const std::string_view folder = text(program_.modules[scope.module].path);
  if (!folder.empty()) path = program_.symbols->intern(fmt::format("{}/{}", folder, text(path)));
  const TypeKind kind = load_input(path, id);
  if (kind == error) return poisoned();
  resolve(id, ResolutionKind::input, path.index);
  return simple(kind);
}

/// Notes what is given to a parameter of an operation; what is amiss with that, or "".
std::string Checker::give(std::vector<TypeId>& given, std::size_t place, TypeId what,
                          const values::Builtin& builtin, Symbol name) const {
  if (place >= builtin.max_args) {
    if (name.valid()) return fmt::format("it has no parameter `{}`", text(name));
    return builtin.max_args == 0 ? "it takes none" : fmt::format("it takes {}", builtin.max_args);
  }
  if (place >= given.size()) given.resize(place + 1);
  if (given[place].valid())
    return name.valid() ? fmt::format("`{}` is given twice", text(name)) : "one is given twice";
  given[place] = what;
  return "";
}

TypeId Checker::builtin_call(ExprId id, const Expr& e, TypeId receiver, Symbol name, Span at,
                             Scope& scope) {
  const TypeKind kind = receiver.valid() ? type(receiver).kind : absent;
  const values::Builtin* builtin = values::find_builtin(kind, text(name));
  const TypeId wanted = builtin != nullptr && builtin->takes_tree ? simple(yaml) : TypeId();
  std::vector<TypeId> arguments;
  std::vector<TypeId> given;  // by the places of the parameters; none where nothing is
  std::string amiss;
  bool spoiled = false;
  std::size_t position = 0;
  for (const Argument& argument : syntax::view(ast().arguments, e.list)) {
    if (builtin == nullptr && is_foreign(text(name))) {
      poison(argument.value);
      continue;
    }
    const TypeId word = ast().exprs[argument.value].kind == syntax::ExprKind::name
                            ? word_of(receiver)
                            : TypeId();
    arguments.push_back(word.valid() ? infer(argument.value, word, scope)
                                     : expression(argument.value, wanted, scope));
    if (type(arguments.back()).kind == error) spoiled = true;
    if (type(arguments.back()).kind == optional &&
        (scope.in_check || proven(argument.value, scope))) {
      arguments.back() = program_.types.required(arguments.back());
    }
    if (builtin == nullptr) continue;
    const std::size_t place = argument.name.valid()
                                  ? values::parameter_place(*builtin, text(argument.name))
                                  : position++;
    const std::string problem = give(given, place, arguments.back(), *builtin, argument.name);
    if (amiss.empty()) amiss = problem;
  }
  if (kind == secret) {
    diags_.report(kSecretObserved, at, fmt::format("`.{}`", text(name)));
    return poisoned();
  }
  if (builtin == nullptr) {
    std::vector<std::string_view> names;
    for (const values::Builtin& known : values::all_builtins()) {
      if (known.receiver == kind) names.push_back(known.name);
    }
    auto report = diags_.report(kNotCallable, at, described(receiver) + " has no operation",
                                text(name));
    const std::string_view near = diag::closest(text(name), names);
    const std::string_view instead = instead_of_operation(text(name));
    if (!instead.empty()) {
      report.help(std::string(instead));
      return poisoned();
    }
    report.suggest(near);
    if (near.empty() && !names.empty()) report.help("`hlab builtins` lists what values can do");
    return poisoned();
  }
  if (spoiled) return poisoned();
  if (builtin->compares && observes_secret(receiver)) {
    diags_.report(kSecretObserved, at, fmt::format("`.{}`", text(name)));
    return poisoned();
  }
  resolve(id, ResolutionKind::builtin,
          static_cast<std::uint32_t>(builtin - values::all_builtins().data()));
  const bool whole = amiss.empty() && given.size() >= builtin->min_args &&
                     std::all_of(given.begin(), given.end(), [](TypeId t) { return t.valid(); });
  const TypeId result = whole ? builtin->result(program_.types, receiver, given) : TypeId();
  if (result.valid()) {
    program_.resolutions[id.index].result = type(program_.types.required(result)).kind;
    return result;
  }
  auto report = diags_.report(
      kBadArguments, e.span, text(name),
      amiss.empty() ? fmt::format(": `{}`", builtin->signature) : fmt::format(": {}", amiss));
  if (!amiss.empty()) report.help(fmt::format("it is `{}`", builtin->signature));
  return poisoned();
}

}  // namespace hlab::check
