// `x.y`, `x[y]`, `x { ... }`.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/few_names.h"
#include "compiler/check/module_names.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"
#include "compiler/values/builtins.h"

namespace hlab::check {

using program::Intrinsic;
using program::ResolutionKind;
using syntax::ExprKind;
using enum TypeKind;

namespace {
/// Whether the path begins with a name that is no local's.
bool is_global(const program::Program& program, const std::string& path, const Scope& scope) {
  if (path.empty() || path.front() == '.') return false;
  const std::string_view first = std::string_view(path).substr(0, path.find('.'));
  return std::none_of(scope.locals.begin(), scope.locals.end(),
                      [&](const Local& local) { return program.text(local.name) == first; });
}
}  // namespace

KindId Checker::kind_path(ExprId id, const Scope& scope) const {
  const std::string path = path_text(id);
  return is_global(program_, path, scope) ? program_.find_kind(scope.module, path) : KindId();
}

/// `std.hw.pi5`, `node.vault`: names that are not values by themselves. None when it is no such thing.
TypeId Checker::dotted_name(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const ExprId object(e.a);
  const KindId whole = kind_path(id, scope);
  const TypeId wanted = core(expected);
  if (whole && wanted.valid() && type(wanted).kind == nested) {
    tell_hidden(whole, e.span, scope);
    constructs(id, whole, scope);
    return program_.types.nested_of(whole);
  }
  const TypeId behind = behind_module(id, e, expected, scope);
  if (behind.valid()) return behind;
  if (names_nothing(id, scope)) {
    report_unknown_kind(program_, scope.module, path_text(id), e.span, diags_);
    return poisoned();
  }
  if (ast().exprs[object].kind != ExprKind::name) return behind;
  const KindId kind = kind_path(object, scope);
  const TypeId found = declared_as(id, Symbol(e.b), {kind, scope.module}, e.span, scope);
  return found.valid() || !kind ? found : unknown_of_kind(e, kind, scope);
}

/// `node.atic`: none where the first name is that of a declaration too.
TypeId Checker::unknown_of_kind(const Expr& e, KindId kind, const Scope& scope) {
  const Symbol first(ast().exprs[ExprId(e.a)].a);
  const bool is_other = text(first) == "lab" || !named(first, scope.module, KindId()).empty() ||
                        lab_.find_group(scope.module, first) ||
                        program_.field(kind, Symbol(e.b)) != program::kNoField;
  if (is_other || is_broken(first, kind) || in_torn(Symbol(e.b), e.span)) return {};
  std::vector<std::string_view> names;
  for (const auto& [index, id] : lab_.by_name) {
    const program::Instance& one = lab_.instances[id];
    if (one.module == scope.module && program_.is_kind(one.kind, kind))
      names.push_back(text(Symbol(index)));
  }
  std::sort(names.begin(), names.end());
  // `lan.cidr` of a network `lam`: that some kind is called so is chance.
  const diag::Near other = diag::closest(text(first), declared_with(Symbol(e.b), scope.module));
  if (names.empty() && !declared_anywhere(first) && !other.empty()) {
    diags_.report(kUnknownName, ast().exprs[ExprId(e.a)].span, text(first), "").suggest(other);
    return poisoned();
  }
  const diag::Near near = diag::closest(text(Symbol(e.b)), names);
  if (declared_anywhere(first)) return {};
  auto report = diags_.report(kUnknownName, e.span,
                              fmt::format("{}.{}", text(first), text(Symbol(e.b))), "");
  const std::string path = fmt::format("{}.{}", text(first), near.name);
  if (!near.empty()) {
    report.suggest(diag::Near{path, near.certain});
  } else {
    report.help(few_names(names));
  }
  return poisoned();
}

/// `std.hw.pi6`: a module of the library, and a name that it does not have.
bool Checker::names_nothing(ExprId id, const Scope& scope) const {
  const std::string path = path_text(id);
  if (!is_global(program_, path, scope)) return false;
  const program::ModulePath reached = program_.module_of_path(scope.module, path);
  return reached.module && program_.modules[reached.module].library && reached.length > 0 &&
         path.find('.', reached.length + 1) == std::string::npos && path.size() > reached.length &&
         !program_.find_kind(scope.module, path) &&
         !program_.module_by_path.contains(program_.symbols->find(path).index);
}

/// `node.vault`: the instance of that name and kind.
TypeId Checker::declared_as(ExprId id, Symbol name, Family family, Span at, Scope& scope) {
  if (!family.kind) return {};
  InstanceId found = declared_in(family.home, name, family.kind);
  // `office.shelf` is a kind of this module's declarations too.
  if (!found && program_.kinds[family.kind].module == family.home)
    found = declared_in(scope.module, name, family.kind);
  if (!found && scope.untaken && may_be_declared(name)) return poisoned();
  if (!found && is_broken(name, family.kind)) return poisoned();
  if (!found && scope.head && declared_anywhere(name)) {
    (void)asks_lab(at, "a declaration", scope);
    return poisoned();
  }
  if (!found) return {};
  const program::Instance& instance = lab_.instances[found];
  (void)asks_lab(at, "a declaration", scope);
  if (program_.is_hidden(instance.entry, instance.module, scope.module)) {
    report_hidden(program_, instance.entry, instance.module, at, diags_);
  }
  resolve(id, ResolutionKind::instance, found.index);
  return program_.types.reference_to(instance.kind, syntax::EdgeMode::start);
}

/// `machine.system.words`: what a field of a kind may say, as a list. None when it is no such thing.
TypeId Checker::words_of(ExprId id, const Expr& e, const Scope& scope) {
  if (text(Symbol(e.b)) != "words") return {};
  const Expr& place = ast().exprs[ExprId(e.a)];
  if (place.kind != ExprKind::member) return {};
  const KindId kind = kind_path(ExprId(place.a), scope);
  if (!kind || declared_in(scope.module, Symbol(place.b), KindId())) return {};
  const std::uint32_t field = program_.field(kind, Symbol(place.b));
  if (field == program::kNoField) {
    unknown_field(place.name_span, kind, Symbol(place.b));
    return poisoned();
  }
  TypeId words = core(program_.kinds[kind].fields[field].type);
  if (type(words).kind == list || type(words).kind == map)
    words = core(type(words).a);  // of its elements
  if (type(words).kind == error) return poisoned();
  if (type(words).kind != symbols) {
    diags_.report(kNotCallable, e.name_span, described(words) + " has no operation", "words")
        .help("only a union of words has them");
    return poisoned();
  }
  resolve(id, ResolutionKind::words, words.index);
  return program_.types.list_of(words);
}

TypeId Checker::query(ExprId id, KindId kind, Span at, const Scope& scope) {
  (void)asks_lab(at, "a query", scope);
  tell_hidden(kind, at, scope);
  resolve(id, ResolutionKind::lookup, kind.index);
  return program_.types.list_of(program_.types.reference_to(kind, syntax::EdgeMode::value));
}

TypeId Checker::query_behind_module(ExprId id, const Expr& e, const Scope& scope) {
  std::string path;
  const Expr* root = &e;
  for (; root->kind == ExprKind::member; root = &ast().exprs[ExprId(root->a)])
    path.insert(0, fmt::format(".{}", text(Symbol(root->b))));
  if (root->kind != ExprKind::all) return {};
  const std::string_view first = text(Symbol(root->a));
  if (program_.find_kind(scope.module, first)) return {};
  path.insert(0, first);
  if (const KindId kind = program_.find_kind(scope.module, path)) {
    return query(id, kind, e.span, scope);
  }
  const program::ModulePath module = program_.module_of_path(scope.module, path);
  if (module.broken) return poisoned();
  if (!module.module) return {};
  const std::string kind = path.substr(0, path.find('.', module.length + 1));
  if (kind.size() < path.size() && program_.find_kind(scope.module, kind)) return {};
  report_unknown_kind(program_, scope.module, kind, e.span, diags_);
  return poisoned();
}

TypeId Checker::member(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const TypeId query = query_behind_module(id, e, scope);
  if (query.valid()) return query;
  const TypeId words = words_of(id, e, scope);
  if (words.valid()) return words;
  const TypeId dotted = dotted_name(id, e, expected, scope);
  if (dotted.valid()) return dotted;
  const bool of_name = ast().exprs[ExprId(e.a)].kind == ExprKind::name;
  const Symbol around = std::exchange(read_behind_, of_name ? Symbol(e.b) : Symbol());
  const TypeId object = expression(ExprId(e.a), TypeId(), scope);
  read_behind_ = around;
  const bool open = type(object).kind == optional && !proven(ExprId(e.a), scope);
  const TypeId result = member_of(id, e, program_.types.required(object), scope);
  return open && !scope.in_check ? program_.types.optional_of(result) : result;
}

/// `.address.lan`: where keys are declarations, the name has to be one of them.
TypeId Checker::map_member(ExprId id, const Expr& e, const types::Type& map) {
  resolve(id, ResolutionKind::map_key, e.b);
  if (!map.b.valid() || type(map.b).kind != reference) return read(map.a);
  const KindId kind = type(map.b).of;
  const auto of_kind = [&](const auto& one) {
    return program_.is_kind(lab_.instances[one.second].kind, kind);
  };
  const auto [first, last] = lab_.by_name.equal_range(e.b);
  if (std::any_of(first, last, of_kind)) return read(map.a);
  if (is_broken(Symbol(e.b), kind) || in_torn(Symbol(e.b), e.span)) return poisoned();
  std::vector<std::string_view> names;
  if (diag::worth_naming(diags_)) {
    for (const auto& one : lab_.by_name) {
      if (of_kind(one)) names.push_back(text(Symbol(one.first)));
    }
  }
  std::sort(names.begin(), names.end());
  diags_
      .report(kUnknownName, e.name_span.valid() ? e.name_span : e.span, text(Symbol(e.b)),
              fmt::format(" ({} is needed)", a_kind(kind)))
      .suggest(diag::closest(text(Symbol(e.b)), names));
  return poisoned();
}

TypeId Checker::member_of(ExprId id, const Expr& e, TypeId object, const Scope& scope) {
  const types::Type t = type(object);
  switch (t.kind) {
    case error: return poisoned();
    case reference:
    case nested: return kind_member(id, e, t.of, scope);
    case map: return map_member(id, e, t);
    case yaml: resolve(id, ResolutionKind::map_key, e.b); return simple(yaml);
    case secret:
      diags_.report(kSecretObserved, e.span, fmt::format("`.{}`", text(Symbol(e.b))));
      return poisoned();
    default: break;
  }
  const values::Builtin* builtin = values::find_builtin(t.kind, text(Symbol(e.b)));
  if (builtin != nullptr && builtin->compares && observes_secret(object)) {
    diags_.report(kSecretObserved, e.span, fmt::format("`.{}`", text(Symbol(e.b))));
    return poisoned();
  }
  if (builtin != nullptr && builtin->is_property) {
    const TypeId result = builtin->result(program_.types, object, {});
    if (!result.valid()) {  // `sum` of texts
      diags_
          .report(kNotCallable, e.name_span.valid() ? e.name_span : e.span,
                  described(object) + " has no operation", builtin->name)
          .help(fmt::format("`{}`: {}", builtin->signature, builtin->doc));
      return poisoned();
    }
    resolve(id, ResolutionKind::builtin,
            static_cast<std::uint32_t>(builtin - values::all_builtins().data()));
    return result;
  }
  std::vector<std::string_view> names;
  for (const values::Builtin& known : values::all_builtins()) {
    if (known.receiver == t.kind) names.push_back(known.name);
  }
  auto report = diags_.report(kUnknownField, e.name_span.valid() ? e.name_span : e.span,
                              described(object), text(Symbol(e.b)));
  if (builtin != nullptr) {
    report.help(fmt::format("it is an operation: `{}`", builtin->signature));
  } else {
    report.suggest(diag::closest(text(Symbol(e.b)), names));
  }
  return poisoned();
}

TypeId Checker::kind_member(ExprId id, const Expr& e, KindId kind, const Scope& scope) {
  const Symbol symbol = e.kind == ExprKind::self_field ? Symbol(e.a) : Symbol(e.b);
  const std::uint32_t field = program_.field(kind, symbol);
  if (field != program::kNoField) {
    resolve(id, ResolutionKind::field, field);
    note_use(e.name_span.valid() ? e.name_span : e.span, kind, symbol);
    const TypeId t = read(program_.kinds[kind].fields[field].type);
    return type(t).kind == optional && proven(id, scope) ? program_.types.required(t) : t;
  }
  const std::string_view name = text(symbol);
  const auto intrinsic = [&](Intrinsic which) {
    resolve(id, ResolutionKind::intrinsic, static_cast<std::uint32_t>(which));
    return simple(string);
  };
  if (name == "name") return intrinsic(Intrinsic::name);
  if (name == "path") return intrinsic(Intrinsic::path);
  if (name == "owner-name") return intrinsic(Intrinsic::owner_name);
  if (name == "kind-name") return intrinsic(Intrinsic::kind_name);
  // The mend writes the name, and leaves the dot before it.
  unknown_field(e.name_span.valid() ? e.name_span : e.span, kind, symbol);
  return poisoned();
}

TypeId Checker::index(ExprId id, const Expr& e, Scope& scope) {
  const ExprId object(e.a);
  const Family family = this->family(object, scope);
  const bool is_name = ast().exprs[object].kind == ExprKind::name;
  if (family.kind &&
      !(is_name && declared_in(scope.module, Symbol(ast().exprs[object].a), KindId()))) {
    expression(ExprId(e.b), simple(string), scope);
    (void)asks_lab(e.span, "a declaration", scope);
    tell_hidden(family.kind, ast().exprs[object].span, scope);
    resolve(id, ResolutionKind::lookup, family.kind.index);
    // What the library looks up is anywhere in the lab.
    if (!program_.modules[family.home].library) program_.resolutions[id.index].module = family.home;
    return program_.types.reference_to(family.kind, syntax::EdgeMode::start);
  }
  const TypeId whole = expression(object, TypeId(), scope);
  const types::Type t = type(program_.types.required(whole));
  if (t.kind == list) {
    expression(ExprId(e.b), simple(integer), scope);
    return t.a;
  }
  const bool by_instance = t.kind == map && t.b.valid() && type(t.b).kind == reference;
  expression(ExprId(e.b), by_instance ? t.b : (t.kind == map ? simple(string) : TypeId()), scope);
  if (t.kind == map) return proven(id, scope) ? read(t.a) : program_.types.optional_of(read(t.a));
  if (t.kind == yaml) return simple(yaml);
  if (t.kind != error)
    diags_.report(kNotCallable, e.span, described(whole) + " has no operation", "[ ]");
  return poisoned();
}

namespace {
/// Whether that is a word of the union which is wanted, with something in its parentheses.
bool carries_a_value(const program::Program& program, std::string_view word, TypeId wanted) {
  if (!wanted.valid() || program.types[wanted].kind != symbols) return false;
  const types::Tag* tag = program.types.find_tag(wanted, program.symbols->find(word));
  return tag != nullptr && tag->payload.valid();
}
}  // namespace

TypeId Checker::refine(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const KindId kind = kind_path(ExprId(e.a), scope);
  const TypeId wanted = core(expected);
  if (!kind) {
    if (module_of(ExprId(e.a), scope).broken) return poisoned();
    const std::string path = path_text(ExprId(e.a));
    if (carries_a_value(program_, path, wanted)) {
      diags_.report(kUnknownKind, ast().exprs[ExprId(e.a)].span, path)
          .help(fmt::format("`{0}` is a word that carries a value: `{0}(...)`", path));
      return poisoned();
    }
    std::vector<std::string_view> names;
    for (const program::Kind& k : program_.kinds) {
      const bool fitting = !wanted.valid() || type(wanted).kind != nested ||
                           program_.is_kind(k.chain.empty() ? KindId() : k.chain.back(),
                                            type(wanted).of);
      if (fitting && (k.module == program_.prelude || k.module == scope.module)) {
        names.push_back(text(k.name));
      }
    }
    const Span at = ast().exprs[ExprId(e.a)].span;
    const bool behind = module_of(ExprId(e.a), scope).module.valid();
    const diag::Near near = behind ? diag::Near() : diag::closest(path, names);
    if (near.empty()) {
      report_unknown_kind(program_, scope.module,
                          path.empty() ? std::string(sources_.text(at)) : path, at, diags_);
    } else {
      diags_.report(kUnknownKind, at, path).suggest(near);
    }
    return poisoned();
  }
  tell_hidden(kind, ast().exprs[ExprId(e.a)].span, scope);
  constructs(id, kind, scope);
  const TypeId made = program_.types.nested_of(kind);
  if (wanted.valid() && type(wanted).kind == nested && !program_.is_kind(kind, type(wanted).of)) {
    diags_.report(kKindMismatch, ast().exprs[ExprId(e.a)].span, text(program_.kinds[kind].name),
                  text(program_.kinds[type(wanted).of].name));
    return poisoned();
  }
  body_of_value(e.list, made, scope);
  return made;
}

}  // namespace hlab::check
