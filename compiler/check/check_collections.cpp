// Lists, comprehensions, trees.
#include <fmt/format.h>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"

namespace hlab::check {

using program::ResolutionKind;
using syntax::ExprKind;
using enum TypeKind;

TypeId Checker::element_type(TypeId id) const {
  const types::Type& t = type(program_.types.required(id));
  if (t.kind == list) return t.a;
  if (t.kind == int_range) return simple(integer);
  if (t.kind == yaml || t.kind == error) return simple(t.kind);
  return {};
}

TypeId Checker::loop_element(TypeId list) const {
  const TypeId element = element_type(list);
  return element.valid() && type(element).kind == absent ? poisoned() : element;
}

/// What the elements of a list have to be in a place of this type; none where nothing is asked of them.
TypeId Checker::wanted_element(TypeId wanted) const {
  if (!wanted.valid()) return {};
  if (type(wanted).kind == yaml) return simple(yaml);
  const bool asks = type(wanted).kind == TypeKind::list && type(type(wanted).a).kind != absent;
  return asks ? type(wanted).a : TypeId();
}

TypeId Checker::list_literal(const Expr& e, TypeId expected, Scope& scope) {
  const TypeId wanted = core(expected);
  const TypeId element = wanted_element(wanted);
  TypeId joined;
  bool failed = false;
  for (const ExprId item : syntax::view(ast().expr_lists, e.list)) {
    const Expr& item_expr = ast().exprs[item];
    const TypeId t = item_expr.kind == ExprKind::spread ? spread(item_expr, element, scope)
                                                        : list_element(item, element, scope);
    if (type(t).kind == error) failed = true;
    const TypeId both = common(joined, t);
    if (!both.valid() && !element.valid()) {
      diags_.report(kTypeMismatch, item_expr.span, described(t), described(joined));
      failed = true;
    }
    joined = both.valid() ? program_.types.required(both) : joined;
  }
  if (element.valid() && !failed)
    return type(wanted).kind == yaml ? program_.types.list_of(simple(yaml)) : wanted;
  if (failed) return poisoned();
  return program_.types.list_of(joined);
}

/// What is absent is not in the list, so an optional element is as good as its type.
TypeId Checker::list_element(ExprId id, TypeId element, Scope& scope) {
  const TypeId wanted = element.valid() ? program_.types.optional_of(element) : TypeId();
  return program_.types.required(expression(id, wanted, scope, element));
}

TypeId Checker::spread(const Expr& e, TypeId element, Scope& scope) {
  const ExprId given(e.a);
  const TypeId wanted = element.valid() ? program_.types.list_of(element) : TypeId();
  const TypeId found = infer(given, wanted, scope);
  const TypeId t = program_.types.required(found);
  if (type(t).kind == error) return poisoned();
  // A range is no list, and has elements as one has.
  const bool is_range = found == t && type(t).kind == int_range;
  // Whether a tree is a list is seen when it is computed.
  const bool of_trees = element.valid() && type(element).kind == yaml && type(t).kind == yaml;
  const bool has_fitting = of_trees ||
                           (is_range && element.valid() && fits(simple(integer), element));
  if (wanted.valid() && !has_fitting && !fits(found, wanted) &&
      !fits_if_there(given, found, wanted, scope)) {
    mismatch(given, found, wanted);
    poison(given);
    return poisoned();
  }
  if (wanted.valid() && !is_range) literal_fits(given, wanted);
  const TypeId inner = element_type(t);
  if (inner.valid()) return inner;
  not_iterable(e.span, t);
  return poisoned();
}

void Checker::not_iterable(Span at, TypeId source) {
  auto report = diags_.report(kNotIterable, at, described(source));
  const TypeKind kind = type(core(source)).kind;
  if (kind == map) report.help("go through `.keys()` or `.values()` of it");
  if (kind == string) report.help("`.split(\",\")` and `.lines` make a list of a text");
  if (kind == cidr || kind == ip_range)
    report.help("addresses are counted: `[lan.cidr.host(i) for i in 10..20]`");
}

/// The variables of a `for`, in the order in which the evaluator extends its environment.
void Checker::bind(Symbol index, Symbol variable, TypeId element, Scope& scope) {
  if (index.valid()) scope.locals.push_back({index, simple(integer)});
  scope.locals.push_back({variable, element});
}

TypeId Checker::comprehension(const Expr& e, TypeId expected, Scope& scope) {
  const std::size_t locals = scope.locals.size();
  const std::size_t present = scope.present.size();
  bool is_empty = false;
  for (const syntax::Clause& clause : syntax::view(ast().clauses, e.list)) {
    if (!clause.variable.valid()) {
      condition(clause.value, scope);
      continue;
    }
    const TypeId source = expression(clause.value, TypeId(), scope);
    const TypeId element = loop_element(source);
    is_empty = is_empty || (type(source).kind == list && type(type(source).a).kind == absent);
    if (!element.valid()) not_iterable(ast().exprs[clause.value].span, source);
    bind(clause.index, clause.variable, element.valid() ? element : poisoned(), scope);
  }
  const TypeId wanted = core(expected);
  const TypeId element = wanted_element(wanted);
  const TypeId t = list_element(ExprId(e.a), element, scope);
  scope.locals.resize(locals);
  scope.present.resize(present);
  if (element.valid() && is_empty) return program_.types.list_of(element);
  if (type(t).kind == error) return is_empty ? program_.types.list_of(simple(absent)) : poisoned();
  return program_.types.list_of(element.valid() ? element : t);
}

/// Maps of records, or of maps of them: what is written there are records and no trees.
bool Checker::holds_records(TypeId id) const {
  id = core(id);
  while (type(id).kind == map) id = core(type(id).a);
  return type(id).kind == nested;
}

TypeId Checker::tree(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const TypeId wanted = core(expected);
  if (!wanted.valid()) {
    body_of_value(e.list, simple(yaml), scope);
    return simple(yaml);
  }
  const types::Type t = type(wanted);
  if (t.kind == nested) {
    constructs(id, t.of, scope);
    body_of_value(e.list, wanted, scope);
    return wanted;
  }
  if (t.kind == map || t.kind == yaml) {
    if (t.kind == map && holds_records(wanted)) resolve(id, ResolutionKind::shaped, wanted.index);
    body_of_value(e.list, wanted, scope);
    return wanted;
  }
  if (t.kind == error) return poisoned();
  diags_.report(kTypeMismatch, e.span, "a brace", described(wanted));
  return poisoned();
}

/// The expression makes an instance of the kind. In a head its values are asked for before bodies of kinds are checked.
void Checker::constructs(ExprId id, KindId kind, const Scope& scope) {
  resolve(id, ResolutionKind::construct, kind.index);
  if (scope.head || resolving_early_) resolve_defaults(kind);
}

/// What is wrong in them, and what they ask of a lab that nobody knows yet, is told when the kind itself is checked.
void Checker::resolve_defaults(KindId kind) {
  if (!kind || !resolved_early_.insert(kind.index).second) return;
  const program::Kind& of = program_.kinds[kind];
  for (const KindId layer : of.chain) resolve_defaults(layer);
  for (const program::Field& field : of.fields) {
    const types::Type& t = type(core(field.type));
    if (t.kind == nested) resolve_defaults(t.of);
  }
  if (program_.modules[of.module].library) return;
  const std::size_t told = diags_.size();
  const auto running = std::exchange(functions_running_, {});
  const auto open = std::exchange(functions_open_, {});
  const auto done = functions_done_;
  const bool around = std::exchange(resolving_early_, true);
  Scope scope;
  scope.self = kind;
  scope.body_of = BodyOf::kind;
  scope.module = of.module;
  body(ast().entries[of.entry].body, program_.types.nested_of(kind), scope);
  resolving_early_ = around;
  functions_done_ = done;
  functions_running_ = running;
  functions_open_ = open;
  diags_.keep_first(told);
}

}  // namespace hlab::check
