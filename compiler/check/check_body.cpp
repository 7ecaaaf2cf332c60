// Bodies: which place each entry sets, and whether its value fits.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"

namespace hlab::check {

using program::ResolutionKind;
using syntax::Entry;
using syntax::EntryKind;
using syntax::Expr;
using syntax::ExprKind;
using syntax::Segment;
using enum TypeKind;

/// Hashes of the paths set so far in one body, with the place of each.
struct Checker::BodyKeys {
  std::unordered_map<std::uint64_t, Span> set;
  std::unordered_map<std::uint64_t, Span> defaults;  // of fields that the kind itself declares
  std::unordered_map<std::uint64_t, Span> parts;     // of what leads to them
};

namespace {
constexpr std::uint64_t kRoot = 1;  // the path of the body itself

std::uint64_t mix(std::uint64_t h, std::uint64_t v) {
  h ^= v + 0x9e3779b97f4a7c15ull + (h << 6) + (h >> 2);
  return h * 0xff51afd7ed558ccdull;
}
}  // namespace

void Checker::body(Range entries, TypeId target, Scope& scope) {
  BodyKeys keys;
  const MeantKind outer = std::exchange(meant_, {});
  for (const syntax::EntryId id : syntax::view(ast().entry_lists, entries)) {
    entry(id, target, scope, keys, kRoot);
  }
  meant_ = outer;
}

namespace {

bool is_text(const syntax::Expr& e) {
  return e.kind == ExprKind::string || e.kind == ExprKind::interpolation;
}

/// `check "too low", .n > 3`
bool turned_check(const syntax::Ast& ast, const Entry& e, const SourceMap& sources,
                  diag::Diagnostics& diags) {
  if (!e.message.valid()) return false;
  const syntax::Expr& first = ast.exprs[e.value];
  const syntax::Expr& second = ast.exprs[e.message];
  if (!is_text(first) || is_text(second)) return false;
  diags.report(kNotBool, first.span, "`String`")
      .help("the condition stands first, and then what is told where it does not hold")
      .fix("turn them", {{first.span, std::string(sources.text(second.span))},
                         {second.span, std::string(sources.text(first.span))}});
  return true;
}

/// `usnet n` and `becuase "x"`, which read as declarations.
bool misspelt_word(const syntax::Ast& ast, const Entry& e, const SourceMap& sources,
                   diag::Diagnostics& diags) {
  if (e.kind != EntryKind::instance || e.base.count != 1 || !e.body.empty()) return false;
  const Span at = ast.path_names[e.base.begin].span;
  const bool quoted = sources.text(e.name_span).starts_with('"');
  const std::string_view word = quoted ? "because" : "unset";
  if (diag::closest(sources.text(at), {word}).empty()) return false;
  diags.report(kMisplaced, at, "a declaration", "inside a body")
      .help(fmt::format("did you mean `{}`?", word))
      .fix(fmt::format("write `{}`", word), {{at, std::string(word)}});
  return true;
}

}  // namespace

/// Whether the entry stands in the declaration of the kind that `.` is, not in an instance of it.
bool Checker::in_own_kind(const Entry& e, const Scope& scope) const {
  if (!scope.self || !program_.kinds[scope.self].entry.valid()) return false;
  const Span kind = ast().entries[program_.kinds[scope.self].entry].span;
  return contains(kind, e.span);
}

void Checker::entry(syntax::EntryId id, TypeId target, Scope& scope, BodyKeys& keys,
                    std::uint64_t prefix) {
  const Entry& e = ast().entries[id];
  switch (e.kind) {
    case EntryKind::error:
    case EntryKind::allow: return;
    case EntryKind::renamed:
    case EntryKind::function:
    case EntryKind::offer: (void)stands_right(e, target, scope, prefix); return;
    case EntryKind::field: {
      const std::uint32_t at = in_own_kind(e, scope) ? program_.field(scope.self, e.name)
                                                     : program::kNoField;
      if (at == program::kNoField || type(target).kind != nested || scope.self != type(target).of) {
        diags_.report(kMisplaced, e.span, "a field declaration", "outside a kind")
            .help(fmt::format("to set it, write `{} = ...`", text(e.name)));
        return;
      }
      lease_declaration(ast().types[e.type].span, scope.self,
                        program_.kinds[scope.self].fields[at].type);
      if (!e.value.valid()) return;
      if (program_.kinds[scope.self].fields[at].entry == id)  // of two of a name that is told alone
        set_default(e, mix(prefix, e.name.index), keys);
      return value_of(e, program_.kinds[scope.self].fields[at].type, scope);
    }
    case EntryKind::set:
    case EntryKind::append:
    case EntryKind::block:
    case EntryKind::unset: return assignment(e, target, scope, keys, prefix);
    case EntryKind::spread:
      if (type(target).kind != map && type(target).kind != yaml) {
        diags_.report(kMisplaced, e.span, "`...`", "in this body");
        return;
      }
      expression(e.value, target, scope);
      return;
    case EntryKind::check:
      if (stands_right(e, target, scope, prefix)) return check_entry(e, scope);
      return poison(e.value);
    case EntryKind::loop: return loop(e, target, scope, prefix);
    case EntryKind::branch: return branch(e, target, scope, prefix);
    case EntryKind::moved:
      if (!in_own_kind(e, scope) && type(target).kind == nested &&
          scope.body_of != BodyOf::defaults)
        return moved(e, scope);
      diags_.report(kMisplaced, e.span, "`moved from`", "here")
          .help("it stands in the body of the declaration that was renamed");
      return;
    default:
      if (forgotten_assign(e, target)) return;
      if (misspelt_word(ast(), e, sources_, diags_)) return;
      diags_
          .report(kMisplaced, e.name_span.valid() ? e.name_span : e.span, "a declaration",
                  "inside a body")
          .help(e.kind != EntryKind::instance ? ""
                : sources_.text(e.span).starts_with("moved ")
                    ? "what was renamed says its old name: `moved from OLD`"
                    : "a field is declared as `name: Type`, a value is set as `name = ...`");
      return;
  }
}

bool Checker::stands_right(const Entry& e, TypeId target, const Scope& scope,
                           std::uint64_t prefix) {
  const bool in_kind = scope.body_of == BodyOf::kind && in_own_kind(e, scope);
  const bool is_check = e.kind == EntryKind::check;
  const bool fits = is_check ? type(core(target)).kind == nested &&
                                   (in_kind || scope.body_of == BodyOf::declaration)
                             : in_kind && prefix == kRoot;
  if (fits) return true;
  const std::string_view what = is_check                        ? "a check"
                                : e.kind == EntryKind::function ? "a function"
                                : e.kind == EntryKind::offer    ? "`offers`"
                                                                : "`deprecated`";
  const std::string_view where = in_kind && !is_check ? "in a loop, an `if` or a brace"
                                 : !is_check          ? "outside a kind"
                                 : scope.body_of == BodyOf::defaults ? "in a default"
                                 : scope.body_of == BodyOf::offer    ? "in what is offered"
                                                                     : "in a value";
  auto report = diags_.report(kMisplaced, e.name_span.valid() ? e.name_span : e.span, what, where);
  if (is_check) report.help("it stands in a kind, in a declaration or in a `policy NAME { ... }`");
  return false;
}

/// What an expression makes has no checks and no functions of its own.
void Checker::body_of_value(Range entries, TypeId target, Scope& scope) {
  const BodyOf around = scope.body_of;
  scope.body_of = BodyOf::value;
  body(entries, target, scope);
  scope.body_of = around;
}

/// Instances are settled before values, and with them what they were called.
void Checker::moved(const Entry& e, Scope& scope) {
  if (!e.key.valid()) return;
  const bool head = scope.head;
  scope.head = true;
  expression(e.key, simple(string), scope);
  scope.head = head;
}

/// Warns where a lab uses a field that is on its way out.
void Checker::note_use(Span at, KindId kind, Symbol name) {
  if (sources_.file(at.file).is_library) return;
  const program::Field& field = program_.kinds[kind].fields[program_.field(kind, name)];
  if (field.name != name) {
    auto report = diags_.report(kDeprecated, at, text(name),
                                fmt::format("it is called `{}` now", text(field.name)));
    report.fix(fmt::format("write `{}`", text(field.name)), {{at, std::string(text(field.name))}});
    if (!diag::worth_naming(diags_)) return;  // each goes through all entries of the kind
    for (const KindId layer : program_.kinds[kind].chain) {
      for (const syntax::EntryId id :
           syntax::view(ast().entry_lists, ast().entries[program_.kinds[layer].entry].body)) {
        const Entry& e = ast().entries[id];
        if (e.kind == EntryKind::renamed && e.name == name && e.alias.valid())
          report.note(std::string(text(e.alias)));
      }
    }
    return;
  }
  const Entry& declared = ast().entries[field.entry];
  if ((declared.flags & syntax::kFlagDeprecated) == 0) return;
  auto report = diags_.report(kDeprecated, at, text(name), "it will go");
  if (declared.alias.valid()) report.note(std::string(text(declared.alias)));
}

/// The type of the place one step further in.
TypeId Checker::step(const Segment& segment, std::uint32_t at, TypeId target, bool last,
                     Scope& scope) {
  if (segment.key.valid()) expression(segment.key, simple(string), scope);
  const types::Type t = type(core(target));
  switch (t.kind) {
    case error: return poisoned();
    case yaml: return simple(yaml);
    case nested: {
      if (!segment.name.valid()) {
        diags_.report(kMisplaced, segment.span, "a computed name", "where a field is set");
        return poisoned();
      }
      const std::uint32_t field = program_.field(t.of, segment.name);
      if (field != program::kNoField) {
        note_use(segment.span, t.of, segment.name);
        return program_.kinds[t.of].fields[field].type;
      }
      unknown_field(segment.span, t.of, segment.name);
      return poisoned();
    }
    case map:
      if (!t.b.valid() || type(t.b).kind != reference) return t.a;
      return declared_key(segment, at, core(target), last, scope);
    default:
      diags_.report(kMisplaced, segment.span,
                    fmt::format("`{}`", segment.name.valid() ? text(segment.name) : ""),
                    fmt::format("inside {}", described(target)));
      return poisoned();
  }
}

/// The name of a field for which an old one may stand.
Symbol Checker::own_name(Symbol name, TypeId target) const {
  if (type(target).kind != nested) return name;
  const std::uint32_t at = program_.field(type(target).of, name);
  return at == program::kNoField ? name : program_.kinds[type(target).of].fields[at].name;
}

/// A value that its kind calls final stays.
void Checker::report_final(const Segment& segment, TypeId target) {
  if (type(target).kind != nested || !segment.name.valid()) return;
  const std::uint32_t at = program_.field(type(target).of, segment.name);
  if (at == program::kNoField) return;
  const Entry& declared = ast().entries[program_.kinds[type(target).of].fields[at].entry];
  if ((declared.flags & syntax::kFlagFinal) == 0 || !declared.value.valid()) return;
  auto report = diags_.report(kFinalField, segment.span, text(segment.name));
  report.label(declared.name_span, "final here");
  const Expr& value = ast().exprs[declared.value];
  if (value.kind == ExprKind::because) report.note(std::string(text(Symbol(value.b))));
}

TypeId Checker::place_of(Range path, TypeId target, Scope& scope, BodyKeys* keys,
                         std::uint64_t& hash, bool& fixed) {
  TypeId place = target;
  for (std::uint32_t i = 0; i < path.count; ++i) {
    const Segment& segment = ast().segments[path.begin + i];
    if (keys != nullptr && fixed && type(place).kind != error) {
      const auto whole = keys->set.find(hash);
      if (hash != kRoot && whole != keys->set.end()) {
        diags_
            .report(kSetTwice, segment.span,
                    sources_.text(join(ast().segments[path.begin].span, segment.span)))
            .label(whole->second, "the whole is set here");
        fixed = false;
      }
    }
    // Only `at` of a check leads through what is declared elsewhere: nothing is set there.
    if (keys == nullptr && i > 0 && type(core(place)).kind == reference)
      place = program_.types.nested_of(type(core(place)).of);
    const TypeId before = core(place);
    if (keys != nullptr) report_final(segment, core(place));
    place = step(segment, path.begin + i, place, i + 1 == path.count, scope);
    if (segment.key.valid()) fixed = false;
    if (keys != nullptr && fixed && hash != kRoot) keys->parts.emplace(hash, segment.span);
    hash = mix(hash, segment.name.valid() ? own_name(segment.name, before).index : ~0ull);
  }
  return place;
}

/// A default that the kind itself gives another one. Parts of it, and what is appended, lie on top of it.
void Checker::set_default(const Entry& e, std::uint64_t place, BodyKeys& keys) {
  const auto [known, added] = keys.defaults.emplace(place, e.name_span);
  const auto whole = keys.set.find(place);
  if (added && whole != keys.set.end())
    diags_.report(kSetTwice, whole->second, sources_.text(whole->second))
        .label(e.name_span, "its default is set here");
}

/// Notes what a body sets; a place is set once.
void Checker::set_whole(const Entry& e, std::uint64_t place, BodyKeys& keys) {
  const auto [known, added] = keys.set.emplace(place, e.name_span);
  const auto given = keys.defaults.find(place);
  if (e.kind == EntryKind::set && given != keys.defaults.end())
    diags_.report(kSetTwice, e.name_span, sources_.text(e.name_span))
        .label(given->second, "its default is set here");
  if (!added) {
    diags_.report(kSetTwice, e.name_span, sources_.text(e.name_span))
        .label(known->second, "set here first");
  } else if (const auto part = keys.parts.find(place); part != keys.parts.end()) {
    diags_.report(kSetTwice, e.name_span, sources_.text(e.name_span))
        .label(part->second, "a part of it is set here");
  }
}

void Checker::assignment(const Entry& e, TypeId target, Scope& scope, BodyKeys& keys,
                         std::uint64_t prefix) {
  std::uint64_t hash = prefix;
  bool fixed = prefix != 0;
  setting_ = &e;
  const TypeId place = place_of(e.path, target, scope, &keys, hash, fixed);
  setting_ = nullptr;
  // `address = 10.0.0.1` beside `address.lan = ...`: that it lacks a name is told alone.
  const bool keyless = e.kind == EntryKind::set && type(core(place)).kind == map &&
                       is_plain(e.value);
  if (fixed && e.kind != EntryKind::block && !keyless) set_whole(e, hash, keys);
  if (e.kind == EntryKind::set || e.kind == EntryKind::append) {
    return value_of(e, place, scope, sets_field(e.path, target));
  }
  if (e.kind == EntryKind::unset) return;
  const types::Type t = type(core(place));
  if (t.kind != nested && t.kind != map && t.kind != yaml) {
    if (t.kind != error) {
      diags_.report(kTypeMismatch, e.name_span, "a body", described(place));
    }
    return;
  }
  if (t.kind == map && forgotten_key(e, place, t.a)) return;
  for (const syntax::EntryId id : syntax::view(ast().entry_lists, e.body)) {
    entry(id, core(place), scope, keys, fixed ? hash : 0);
  }
}

void Checker::value_of(const Entry& e, TypeId place, Scope& scope, bool in_field) {
  // Of a place that is not there nothing is known, and so not what may stand in it.
  if (!e.value.valid() || type(core(place)).kind == error) return;
  if (in_field) allow_claims(e.value);
  const types::Type t = type(core(place));
  if (e.kind == EntryKind::append) {
    if (t.kind != list && t.kind != yaml && t.kind != error) {
      auto report = diags_.report(kTypeMismatch, e.span, "`+=`", described(place));
      if (t.kind == nested) {
        report.help(fmt::format("`+=` appends to a list; a part of it is set by `{} {{ ... }}`",
                                sources_.text(e.name_span)));
      } else {
        report.help("`+=` appends to a list; the whole is set with `=`");
      }
    }
    // The length is that of the whole, not of what is added.
    expression(e.value, t.kind == list ? program_.types.list_of(t.a) : TypeId(), scope);
    return;
  }
  if (t.kind == nested && ast().exprs[e.value].kind == ExprKind::tree && e.kind == EntryKind::set) {
    const std::string_view place_text = sources_.text(e.name_span);
    const std::uint32_t begin = ast().exprs[e.value].span.begin;
    diags_.report(kDropsDefaults, ast().exprs[e.value].span, described(place))
        .help(fmt::format("`{} {{ ... }}` keeps them", place_text))
        .fix("refine it",
             {{Span{e.span.file, e.name_span.end, ast().exprs[e.value].span.begin}, " "}})
        .fix("drop them", {{Span{e.span.file, begin, begin}, "only "}});
    body_of_value(ast().exprs[e.value].list, core(place), scope);
    poison(e.value);
    return;
  }
  expression(e.value, place, scope);
}

TypeId Checker::loop_list(const Entry& e, Scope& scope) {
  const TypeId source = expression(e.value, TypeId(), scope);
  const TypeId element = loop_element(source);
  if (element.valid()) return element;
  not_iterable(ast().exprs[e.value].span, source);
  return poisoned();
}

void Checker::loop(const Entry& e, TypeId target, Scope& scope, std::uint64_t) {
  // Around fields of an instance the head is settled before values are; inside trees it is not.
  const bool settled_first = type(core(target)).kind == nested;
  const std::size_t locals = scope.locals.size();
  const std::size_t present = scope.present.size();
  const bool head = scope.head;
  scope.head = settled_first;
  const TypeId element = loop_list(e, scope);
  bind(e.index, e.name, element, scope);
  if (e.message.valid()) condition(e.message, scope);
  scope.head = head;
  BodyKeys keys;
  for (const syntax::EntryId id : syntax::view(ast().entry_lists, e.body)) {
    entry(id, target, scope, keys, 0);
  }
  scope.locals.resize(locals);
  scope.present.resize(present);
}

void Checker::branch(const Entry& e, TypeId target, Scope& scope, std::uint64_t) {
  const std::size_t locals = scope.locals.size();
  const std::size_t present = scope.present.size();
  const bool head = scope.head;
  scope.head = type(core(target)).kind == nested;
  condition(e.value, scope);
  scope.head = head;
  BodyKeys keys;
  for (const syntax::EntryId id : syntax::view(ast().entry_lists, e.body)) {
    entry(id, target, scope, keys, 0);
  }
  scope.locals.resize(locals);
  scope.present.resize(present);
  prove(e.value, false, scope);
  BodyKeys else_keys;
  for (const syntax::EntryId id : syntax::view(ast().entry_lists, e.else_body)) {
    entry(id, target, scope, else_keys, 0);
  }
  scope.present.resize(present);
}

void Checker::check_entry(const Entry& e, Scope& scope) {
  const std::size_t locals = scope.locals.size();
  const std::size_t present = scope.present.size();
  if (turned_check(ast(), e, sources_, diags_)) {
    poison(e.value);
    return poison(e.message);
  }
  scope.in_check = true;
  condition(e.value, scope);
  scope.locals.resize(locals);
  scope.present.resize(present);
  expression(e.message, simple(string), scope);
  if (!e.path.empty()) place_of_check(e.path, scope);
  scope.in_check = false;
}

/// Where its message is told: at a field of the instance, in a policy at what a loop goes through, or a field of that.
void Checker::place_of_check(Range path, Scope& scope) {
  std::uint64_t hash = 0;
  bool fixed = false;
  KindId kind = scope.self;
  if (!kind) {
    const syntax::Segment& first = ast().segments[path.begin];
    const auto local = std::find_if(scope.locals.rbegin(), scope.locals.rend(),
                                    [&](const Local& one) { return one.name == first.name; });
    if (local == scope.locals.rend()) {
      diags_.report(kUnknownName, first.span, text(first.name), "")
          .help(
              "in a policy `at` begins with the variable of a loop, such as `at v.keep` in `for v in all volume`");
      return;
    }
    const types::Type& t = type(core(local->type));
    if (t.kind == error) return;
    if (t.kind != nested && t.kind != reference) {
      diags_.report(kTypeMismatch, first.span, described(local->type), "a declaration");
      return;
    }
    kind = t.of;
    path = {path.begin + 1, path.count - 1};
  }
  if (!path.empty()) place_of(path, program_.types.nested_of(kind), scope, nullptr, hash, fixed);
}

bool Checker::override_entry(const Entry& e, std::uint32_t skip, KindId kind, Scope& scope) {
  const std::size_t errors = diags_.error_count();
  std::uint64_t hash = 0;
  bool fixed = false;
  BodyKeys keys;  // a site sets fields as a body does: final ones stay
  const Range rest{e.path.begin + skip, e.path.count - skip};
  const TypeId place = place_of(rest, program_.types.nested_of(kind), scope, &keys, hash, fixed);
  if (e.message.valid()) expression(e.message, place, scope);
  if (sets_field(rest, program_.types.nested_of(kind))) allow_claims(e.value);
  expression(e.value, place, scope);
  return diags_.error_count() == errors;
}

Symbol Checker::expected_rule(const syntax::Ast& ast, const Entry& e, const Scope& scope) {
  if (!e.value.valid()) return e.name;
  const Expr& said = ast.exprs[e.value];
  if (said.kind != ExprKind::name) return {};
  const bool variable = std::any_of(scope.locals.begin(), scope.locals.end(),
                                    [&](const Local& one) { return one.name == Symbol(said.a); });
  return variable ? Symbol() : Symbol(said.a);
}

void Checker::expectation(const Entry& e, Scope& scope) {
  if (!expected_rule(ast(), e, scope).valid()) condition(e.value, scope);
  if (!e.message.valid()) return;
  scope.in_check = true;  // what is absent in the message stands there as such
  expression(e.message, simple(string), scope);
  scope.in_check = false;
}

void Checker::policy(const Entry& e, ModuleId module) {
  Scope scope;
  scope.module = module;
  int loops = 0;
  const auto walk = [&](const auto& self, Range entries) -> void {
    for (const syntax::EntryId id : syntax::view(ast().entry_lists, entries)) {
      const Entry& inner = ast().entries[id];
      if (inner.kind == EntryKind::check) {
        check_entry(inner, scope);
      } else if (inner.kind == EntryKind::assert_path) {
        if (loops == 0) continue;
        diags_.report(kMisplaced, inner.name_span, "`assert`", "in a loop")
            .help(
                "the name of a kind or of a loop means all of them: `assert no path guest -> node`");
      } else if (inner.kind == EntryKind::loop) {
        const std::size_t locals = scope.locals.size();
        const std::size_t present = scope.present.size();
        const TypeId element = loop_list(inner, scope);
        bind(inner.index, inner.name, element, scope);
        if (inner.message.valid()) condition(inner.message, scope);
        ++loops;
        self(self, inner.body);
        --loops;
        scope.locals.resize(locals);
        scope.present.resize(present);
      } else if (inner.kind == EntryKind::branch) {
        const std::size_t locals = scope.locals.size();
        const std::size_t present = scope.present.size();
        condition(inner.value, scope);
        self(self, inner.body);
        scope.locals.resize(locals);
        scope.present.resize(present);
        prove(inner.value, false, scope);
        self(self, inner.else_body);
        scope.present.resize(present);
      } else if (inner.kind != EntryKind::error && inner.kind != EntryKind::allow) {
        diags_.report(kMisplaced, inner.span, "this", "in a policy")
            .help("a policy holds `check` and `assert`, and `for` and `if` around them");
      }
    }
  };
  walk(walk, e.body);
}

}  // namespace hlab::check
