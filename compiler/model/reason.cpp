#include "compiler/model/reason.h"

namespace hlab::model {

std::string reason_of(const View& holder, const Value& value) {
  if (!value.origin.valid()) return "";
  const auto& exprs = holder.program().ast->exprs;
  // The reason stands around what it is the reason for, so it comes after that, and mostly at once.
  for (std::uint32_t i = value.origin.index; i < exprs.size(); ++i) {
    const syntax::Expr& expr = exprs[syntax::ExprId(i)];
    if (expr.kind == syntax::ExprKind::because &&
        (i == value.origin.index || syntax::ExprId(expr.a) == value.origin))
      return std::string(holder.program().text(Symbol(expr.b)));
  }
  return "";
}

}  // namespace hlab::model
