// What operators mean: which types they take, and what they make of values. `and`, `or`, `??` look
// at their right side only when they must, so the evaluator does those; their types are here.
#pragma once

#include <optional>
#include <string>

#include "compiler/base/symbol.h"
#include "compiler/syntax/ast.h"
#include "compiler/types/type.h"
#include "compiler/values/comparison.h"
#include "compiler/values/value.h"

namespace hlab::values {

/// `problem` is empty unless the value is an error that nobody has reported yet.
struct OpResult {
  Value value;
  std::string problem;
};

/// No computed text or list grows beyond these, so that doubling in a loop of files ends early.
constexpr std::size_t kTextLimit = 16u * 1024 * 1024;
constexpr std::size_t kListLimit = 1'000'000;

/// The type of `left op right`; none where the operator is not defined for them. The caller strips
/// optionals first. An error among the operands makes an error.
[[nodiscard]] types::TypeId binary_type(syntax::Op op, types::TypeId left, types::TypeId right,
                                        types::TypeTable& types);
[[nodiscard]] types::TypeId unary_type(syntax::Op op, types::TypeId operand,
                                       types::TypeTable& types);

/// The type of values that are one or the other (elements of a list, `if`, `??`); none where there
/// is no such type. References of different kinds have none here: that needs the kinds.
[[nodiscard]] types::TypeId joined_type(types::TypeId left, types::TypeId right,
                                        types::TypeTable& types);
/// Whether `==` makes sense between them.
[[nodiscard]] bool types_compare(types::TypeId left, types::TypeId right,
                                 const types::TypeTable& types);
/// Whether `<` does: numbers, strings, addresses, quantities of one unit.
[[nodiscard]] bool types_order(types::TypeId left, types::TypeId right,
                               const types::TypeTable& types);

[[nodiscard]] OpResult apply_binary(syntax::Op op, const Value& left, const Value& right,
                                    syntax::ExprId origin, Heap& heap, const SymbolTable& symbols,
                                    Records* records = nullptr);
[[nodiscard]] OpResult apply_unary(syntax::Op op, const Value& operand, syntax::ExprId origin,
                                   const SymbolTable& symbols);

/// `+`, `==`, `not in`: as it is written.
[[nodiscard]] std::string_view op_text(syntax::Op op);

/// What comes of an operation on a hollow value: the same, made at `origin`.
[[nodiscard]] Value spread_hollow(const Value& hollow, syntax::ExprId origin);
/// The more serious of two values: error, then unlearned, then absent, then anything.
[[nodiscard]] const Value& most_hollow(const Value& left, const Value& right);

[[nodiscard]] OpResult failed(syntax::ExprId origin, std::string problem);
/// What is said of a list beyond the limit; without a length where nobody counted to the end.
[[nodiscard]] std::string list_problem(std::optional<std::size_t> length);
[[nodiscard]] OpResult text_result(std::string_view text, syntax::ExprId origin, Heap& heap);

}  // namespace hlab::values
