// `[x for v in all K where v.f == e]` asks an index instead of looking at every instance, so that
// questions of the form "who points at me" stay near-linear over the whole lab.
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

/// The condition `v.f == e` among the conjuncts, as (field, e).
std::optional<Evaluator::Lookup> Evaluator::indexed(ExprId id) const {
  const Expr& e = ast().exprs[id];
  if (e.kind != ExprKind::binary) return std::nullopt;
  if (e.op == Op::logical_and) {
    const auto left = indexed(ExprId(e.a));
    return left ? left : indexed(ExprId(e.b));
  }
  if (e.op != Op::equal) return std::nullopt;
  const auto field_of_variable = [&](ExprId side) -> std::optional<std::uint32_t> {
    const Expr& member = ast().exprs[side];
    if (member.kind != ExprKind::member) return std::nullopt;
    const Resolution& how = program_.resolutions[side.index];
    const Resolution& object = program_.resolutions[member.a];
    const bool variable = ast().exprs[ExprId(member.a)].kind == ExprKind::name &&
                          object.kind == ResolutionKind::local && object.a == 0;
    if (!variable || how.kind != ResolutionKind::field) return std::nullopt;
    return how.a;
  };
  for (const auto& [mine, other] :
       {std::pair(ExprId(e.a), ExprId(e.b)), std::pair(ExprId(e.b), ExprId(e.a))}) {
    const auto field = field_of_variable(mine);
    if (field && independent(other)) return Lookup{*field, other};
  }
  return std::nullopt;
}

const Evaluator::Index& Evaluator::index_of(KindId kind, std::uint32_t field_index) {
  const auto [found, fresh] = indexes_.try_emplace({kind.index, field_index});
  if (!fresh) return found->second;
  Index index;
  for (const InstanceId one : instances_of(kind)) {
    const Value v = field(one, field_index, ExprId());
    if (v.hollow()) continue;
    const std::string key = key_of(v);
    if (!key.empty() || v.is(ValueKind::floating)) index[key].push_back(one);
  }
  return indexes_[{kind.index, field_index}] = std::move(index);
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
  const Index& index = index_of(KindId(program_.resolutions[clause.value.index].a), wanted->field);
  if (index.contains("")) return false;  // one of the Floats may equal the Int that is asked for
  const auto found = index.find(key);
  if (found == index.end()) return true;
  for (const InstanceId one : found->second)
    out.push_back(values::make_instance(one, clause.value));
  return true;
}

}  // namespace hlab::evaluate
