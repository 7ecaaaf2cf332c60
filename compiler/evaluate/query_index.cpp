// `[x for v in all K where v.f == e]` asks an index instead of looking at every instance, and so does
// `where e in v.f`, so that questions of the form "who points at me" stay near-linear over the whole lab.
#include <fmt/format.h>

#include "compiler/evaluate/evaluator.h"
#include "compiler/values/scalar_text.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Clause;
using syntax::Expr;
using syntax::ExprKind;
using syntax::Op;

/// Equal values have equal keys; "" where there is no key: a Float may equal an Int, a record another one.
std::string Evaluator::key_of(const Value& v) const {
  if (v.is(ValueKind::instance))
    return is_record(v.as_instance()) ? "" : fmt::format("&{}", v.instance);
  if (v.is(ValueKind::floating) || v.is(ValueKind::list) || v.is(ValueKind::map)) return "";
  const auto text = values::canonical_text(v, *program_.symbols);
  return text ? fmt::format("{}:{}", static_cast<int>(v.kind), *text) : "";
}

/// A value that does not look at the innermost variable: literals, and chains of members of others.
bool Evaluator::independent(ExprId id) const {
  const Expr& e = ast().exprs[id];
  switch (e.kind) {
    case ExprKind::string:
    case ExprKind::integer:
    case ExprKind::domain:
    case ExprKind::boolean:
    case ExprKind::self:
    case ExprKind::self_field: return true;
    case ExprKind::name: {
      const Resolution& how = program_.resolutions[id.index];
      return how.kind != ResolutionKind::local || how.a > 0;
    }
    case ExprKind::member: return independent(ExprId(e.a));
    default: return false;
  }
}

/// The field in `v.f`, where `v` is the innermost variable.
std::optional<std::uint32_t> Evaluator::field_of_variable(ExprId id) const {
  const Expr& member = ast().exprs[id];
  if (member.kind != ExprKind::member) return std::nullopt;
  const Resolution& how = program_.resolutions[id.index];
  const Resolution& object = program_.resolutions[member.a];
  const bool variable = ast().exprs[ExprId(member.a)].kind == ExprKind::name &&
                        object.kind == ResolutionKind::local && object.a == 0;
  if (!variable || how.kind != ResolutionKind::field) return std::nullopt;
  return how.a;
}

/// `e in v.f`, or `e in v.f.values()`.
std::optional<Evaluator::Lookup> Evaluator::indexed_member(const Expr& in) const {
  if (!independent(ExprId(in.a))) return std::nullopt;
  const ExprId container(in.b);
  if (const auto field = field_of_variable(container))
    return Lookup{*field, ExprId(in.a), Match::element};
  const Expr& call = ast().exprs[container];
  const Resolution& how = program_.resolutions[container.index];
  if (call.kind != ExprKind::call || how.kind != ResolutionKind::builtin) return std::nullopt;
  const Expr& callee = ast().exprs[ExprId(call.a)];
  if (callee.kind != ExprKind::member || values::all_builtins()[how.a].name != "values")
    return std::nullopt;
  const auto field = field_of_variable(ExprId(callee.a));
  return field ? std::optional(Lookup{*field, ExprId(in.a), Match::value}) : std::nullopt;
}

/// A condition among the conjuncts that an index can answer.
std::optional<Evaluator::Lookup> Evaluator::indexed(ExprId id) const {
  const Expr& e = ast().exprs[id];
  if (e.kind != ExprKind::binary) return std::nullopt;
  if (e.op == Op::logical_and) {
    const auto left = indexed(ExprId(e.a));
    return left ? left : indexed(ExprId(e.b));
  }
  if (e.op == Op::in) return indexed_member(e);
  if (e.op != Op::equal) return std::nullopt;
  for (const auto& [mine, other] :
       {std::pair(ExprId(e.a), ExprId(e.b)), std::pair(ExprId(e.b), ExprId(e.a))}) {
    const auto field = field_of_variable(mine);
    if (field && independent(other)) return Lookup{*field, other, Match::whole};
  }
  return std::nullopt;
}

/// What an instance is found by: the value of its field, or each of those in it. A list that is no list
/// (a network, a text) holds what no key tells.
void Evaluator::add_to_index(Index& index, InstanceId one, const Value& v, Match match) const {
  const auto add = [&](const Value& found) {
    if (found.hollow()) return;
    const std::string key = key_of(found);
    if (key.empty() && !found.is(ValueKind::floating)) return;
    std::vector<InstanceId>& known = index[key];
    if (known.empty() || known.back() != one) known.push_back(one);
  };
  if (v.hollow()) return;
  if (match == Match::whole) {
    add(v);
  } else if (match == Match::element && v.is(ValueKind::list)) {
    for (const Value& item : v.list->items) add(item);
  } else if (match == Match::value && v.is(ValueKind::map)) {
    for (const values::MapItem& item : v.map->items) add(item.value);
  } else {
    index[""].push_back(one);
  }
}

const Evaluator::Index& Evaluator::index_of(KindId kind, std::uint32_t field_index, Match match) {
  const std::tuple key(kind.index, field_index, match);
  const auto [found, fresh] = indexes_.try_emplace(key);
  if (!fresh) return found->second;
  Index index;
  for (const InstanceId one : instances_of(kind))
    add_to_index(index, one, field(one, field_index, ExprId()), match);
  return indexes_[key] = std::move(index);
}

/// The instances that can fulfil the `where` after this `for`; false when every one must be asked.
bool Evaluator::narrowed(Range range, std::uint32_t at, const Context& context,
                         values::Items& out) {
  const Clause& clause = ast().clauses[range.begin + at];
  const ExprKind asked = ast().exprs[clause.value].kind;  // a member: `all office.shelf`
  const bool query = asked == ExprKind::all ||
                     (asked == ExprKind::member &&
                      program_.resolutions[clause.value.index].kind == ResolutionKind::lookup);
  if (!query || at + 1 >= range.count) return false;
  const Clause& next = ast().clauses[range.begin + at + 1];
  if (next.variable.valid() || clause.index.valid()) return false;
  const auto wanted = indexed(next.value);
  if (!wanted) return false;
  // The condition was resolved with the variable in scope: a link stands in for it.
  const Value v = value(wanted->value, {context.self, lab_.extend(context.env, Value())});
  if (v.hollow()) return false;
  const std::string key = key_of(v);
  if (key.empty()) return false;
  const KindId kind(program_.resolutions[clause.value.index].a);
  const Index& index = index_of(kind, wanted->field, wanted->match);
  if (index.contains("")) return false;  // one of the Floats may equal the Int that is asked for
  const auto found = index.find(key);
  if (found == index.end()) return true;
  for (const InstanceId one : found->second)
    out.push_back(values::make_instance(one, clause.value));
  return true;
}

}  // namespace hlab::evaluate
