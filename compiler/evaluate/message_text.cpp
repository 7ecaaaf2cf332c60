#include "compiler/evaluate/message_text.h"

#include "compiler/values/scalar_text.h"

namespace hlab::evaluate {

std::optional<std::string> message_text(Evaluator& evaluator, const program::Program& program,
                                        ExprId id, const Context& context) {
  const Value whole = evaluator.value(id, context);
  if (whole.is(ValueKind::string)) return std::string(whole.as_text());
  const syntax::Ast& ast = *program.ast;
  if (!whole.is(ValueKind::absent) || ast.exprs[id].kind != syntax::ExprKind::interpolation)
    return std::nullopt;
  std::string said;
  for (const ExprId part : syntax::view(ast.expr_lists, ast.exprs[id].list)) {
    const syntax::Expr& written = ast.exprs[part];
    if (written.kind == syntax::ExprKind::string) {
      said += program.text(Symbol(written.a));
      continue;
    }
    const Value v = evaluator.value(part, context);
    said += values::canonical_text(v, *program.symbols).value_or("(absent)");
  }
  return said;
}

}  // namespace hlab::evaluate
