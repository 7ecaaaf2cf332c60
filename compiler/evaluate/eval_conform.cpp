// What the type of a place demands of a computed value: ranges, lengths, forms of text, presence.
#include <fmt/format.h>

#include "compiler/evaluate/broken_bodies.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/values/bounds.h"
#include "compiler/values/text_format.h"

namespace hlab::evaluate {

using namespace program;
using types::TypeKind;
using values::make;

namespace {

/// Whether conforming left it as it was.
bool same_value(const Value& left, const Value& right) {
  return left.kind == right.kind && left.bits == right.bits;
}

Value as_float(Value v) {
  if (!v.is(ValueKind::integer)) return v;
  const auto real = static_cast<double>(v.number);
  v.kind = ValueKind::floating;
  v.real = real;
  return v;
}

/// On a map `.length` is the entry of that name.
std::string absent_help(const syntax::Ast& ast, const SymbolTable& symbols, ExprId given) {
  std::string help = "say what holds then: `... ?? value`";
  if (!given.valid() || ast.exprs[given].kind != syntax::ExprKind::member) return help;
  const std::string_view name = symbols.text(Symbol(ast.exprs[given].b));
  const values::Builtin* operation = values::find_builtin(TypeKind::map, name);
  if (operation == nullptr || operation->min_args > 0) return help;
  return fmt::format("the operation of a map is called: `.{}()`; or {}", name, help);
}

}  // namespace

Value Evaluator::conform(Value v, TypeId type_id, Span at, std::string_view what) {
  if (wanted_in(v) != values::Want::nothing) return without_place(v, what);
  if (v.is(ValueKind::error) || v.is(ValueKind::unlearned)) return v;
  if (v.is(ValueKind::absent)) {
    if (type(type_id).kind == TypeKind::optional) return v;
    trace(diags_.report(kAbsentValue, at, fmt::format("the value of `{}`", what)), at, what)
        .help(absent_help(ast(), *program_.symbols, v.origin));
    return make(ValueKind::error, v.origin);
  }
  const TypeId inner = core(type_id);
  const types::Type& wanted = type(inner);
  switch (wanted.kind) {
    case TypeKind::floating: return within(as_float(v), wanted, at, what);
    case TypeKind::string: return within(conform_text(v, wanted, at, what), wanted, at, what);
    case TypeKind::yaml: return plain(v, v.origin);
    case TypeKind::list: return within(conform_list(v, wanted, at, what), wanted, at, what);
    case TypeKind::map: return within(conform_map(v, wanted, at, what), wanted, at, what);
    case TypeKind::symbols: return conform_word(v, inner, at, what);
    case TypeKind::lease: return conform(v, wanted.a, at, what);
    default: return within(v, wanted, at, what);
  }
}

/// Numbers between the ends that the type gives, lengths too.
Value Evaluator::within(Value v, const types::Type& wanted, Span at, std::string_view what) {
  const auto problem = values::bounds_problem(wanted, v);
  if (!problem) return v;
  const bool waits = has_broken_bodies && may_be_misspelt(ast(), at, diags_);
  if (!waits && !is_enough(at, *problem))
    trace(diags_.report(kComputedOutOfRange, at, what, *problem), at, *problem);
  return make(ValueKind::error, v.origin);
}

Value Evaluator::conform_text(Value v, const types::Type& wanted, Span at, std::string_view what) {
  if (!v.is(ValueKind::string) || wanted.format == types::TextFormat::any) return v;
  const auto problem = values::text_problem(wanted.format, v.as_text(),
                                            wanted.pattern.valid() ? text(wanted.pattern) : "");
  if (!problem) return v;
  if (has_broken_bodies && may_be_misspelt(ast(), at, diags_))
    return make(ValueKind::error, v.origin);  // of a name already told
  const std::string which = fmt::format("`{}` in `{}`", v.as_text(), what);
  if (!is_enough(at, which)) trace(diags_.report(kBadComputedText, at, which, *problem), at, which);
  return make(ValueKind::error, v.origin);
}

Value Evaluator::conform_list(Value v, const types::Type& wanted, Span at, std::string_view what) {
  if (!v.is(ValueKind::list) || !wanted.a.valid()) return v;
  values::List* changed = nullptr;  // `[1, 2.5]` as [Float], records as [Yaml]
  for (std::size_t i = 0; i < v.list->items.size(); ++i) {
    const Value item = conform(v.list->items[i], wanted.a, at, what);
    if (item.is(ValueKind::error)) return make(ValueKind::error, v.origin);
    if (same_value(item, v.list->items[i])) continue;
    if (changed == nullptr) {
      changed = heap_.list();
      changed->items = v.list->items;
    }
    changed->items[i] = item;
  }
  if (changed == nullptr) return v;
  note_items(*changed, 0, v);
  v.list = changed;
  return v;
}

Value Evaluator::conform_map(Value v, const types::Type& wanted, Span at, std::string_view what) {
  if (!v.is(ValueKind::map)) return v;
  values::Map* changed = nullptr;
  for (std::size_t i = 0; i < v.map->items.size(); ++i) {
    const Value item = conform(v.map->items[i].value, wanted.a, at, what);
    if (item.is(ValueKind::error)) return make(ValueKind::error, v.origin);
    if (same_value(item, v.map->items[i].value)) continue;
    if (changed == nullptr) {
      changed = heap_.map();
      changed->items = v.map->items;
    }
    changed->items[i].value = item;
  }
  if (changed != nullptr) v.map = changed;
  return v;
}

/// `days(Int(1..30))`: what the word carries.
Value Evaluator::conform_word(Value v, TypeId wanted, Span at, std::string_view what) {
  if (!v.is(ValueKind::variant)) return v;
  const types::Tag* tag = program_.types.find_tag(wanted, v.variant->tag);
  if (tag == nullptr || !tag->payload.valid()) return v;
  const Value payload = conform(v.variant->payload, tag->payload, at, what);
  if (payload.is(ValueKind::error)) return make(ValueKind::error, v.origin);
  if (!same_value(payload, v.variant->payload)) v.variant = heap_.variant(v.variant->tag, payload);
  return v;
}

}  // namespace hlab::evaluate
