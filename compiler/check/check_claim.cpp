// `offers database(name: String): postgres-database` and claims: `db.database("tasks")`.
#include <fmt/format.h>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/claim_diags.h"

namespace hlab::check {

using program::ResolutionKind;
using syntax::ExprKind;
using enum TypeKind;

/// The body of what is offered; `.x` in it is a field of the one who offers.
void Checker::offer(program::FunctionId id) {
  const program::Function data = program_.functions[id];
  const syntax::Entry& entry = ast().entries[data.entry];
  Scope scope;
  scope.self = data.owner;
  scope.module = data.module;
  scope.body_of = BodyOf::offer;
  const auto parameters = syntax::view(ast().parameters, entry.parameters);
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].fallback.valid())
      expression(parameters[i].fallback, data.parameters[i], scope);
  }
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    scope.locals.push_back({parameters[i].name, data.parameters[i]});
  }
  if (data.makes) body(entry.body, program_.types.nested_of(data.makes), scope);
}

/// Whether the last step of the path is a field of an instance, not a key of a map or tree.
bool Checker::sets_field(Range path, TypeId target) const {
  TypeId at = target;
  for (std::uint32_t i = 0; i < path.count; ++i) {
    const types::Type& t = type(core(at));
    const Symbol name = ast().segments[path.begin + i].name;
    if (t.kind == map) {
      at = t.a;
      continue;
    }
    const std::uint32_t field = t.kind == nested && name.valid() ? program_.field(t.of, name)
                                                                 : program::kNoField;
    if (field == program::kNoField) return false;
    if (i + 1 == path.count) return true;
    at = program_.kinds[t.of].fields[field].type;
  }
  return false;
}

void Checker::allow_claims(ExprId value) {
  const Expr& e = ast().exprs[value];
  if (e.kind == ExprKind::call) claim_places_.insert(value.index);
  if (e.kind == ExprKind::because || e.kind == ExprKind::only) allow_claims(ExprId(e.a));
  if (e.kind != ExprKind::list) return;
  for (const ExprId item : syntax::view(ast().expr_lists, e.list)) allow_claims(item);
}

bool Checker::may_claim(ExprId id, const Expr& e, program::FunctionId offer, const Scope& scope) {
  const Expr& callee = ast().exprs[ExprId(e.a)];
  const std::string_view name = text(program_.functions[offer].name);
  if (!claim_places_.contains(id.index) || scope.head || scope.in_check ||
      !functions_running_.empty()) {
    diags_.report(kMisplacedClaim, e.span, name, "here nothing can be made")
        .help("make it the value of a field, and use that field here");
    return false;
  }
  const bool on_declaration = callee.kind == ExprKind::member &&
                              program_.resolutions[ExprId(callee.a).index].kind ==
                                  ResolutionKind::instance;
  if (on_declaration) return true;
  const ExprKind asked = callee.kind == ExprKind::member ? ast().exprs[ExprId(callee.a)].kind
                                                         : ExprKind::error;
  diags_.report(kMisplacedClaim, e.span, name, "on whom must be known before values are")
      .help(fmt::format(
          "write the name of a declaration before the dot{}",
          asked == ExprKind::index
              ? ", as it stands: one of a computed name cannot be asked, so let all rounds of a loop ask the same"
              : ""));
  return false;
}

}  // namespace hlab::check
