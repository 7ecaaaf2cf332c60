// Members that values have by themselves (`cidr.netmask`, `name.replace("a", "b")`) and functions
// that need no receiver (`min(a, b)`). One table is what the checker, the evaluator, the editor and
// the reference read.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/base/symbol.h"
#include "compiler/types/type.h"
#include "compiler/values/operators.h"
#include "compiler/values/value.h"

namespace hlab::values {

/// Appends the value in a format (`toml`) to `out`; or says what the format cannot hold, else "".
/// The writers lie above this folder, so the driver hands them down.
using TreeText = std::string (*)(std::string_view format, const Value& value,
                                 const SymbolTable& symbols, std::string& out);

struct Call {
  Heap& heap;
  SymbolTable& symbols;
  const Value& receiver;  // absent for functions without one
  std::span<const Value> args;
  syntax::ExprId origin;
  /// Kind of the type that Builtin::result gave, without `?`: the sum of nothing is a zero of it.
  types::TypeKind result = types::TypeKind::integer;
  TreeText tree_text = nullptr;
  Records* records = nullptr;
};

struct Builtin {
  std::string_view name;
  types::TypeKind receiver;  // TypeKind::absent: a function on its own
  bool is_property;          // written without parentheses; so is all that takes no arguments
  std::uint8_t min_args;
  std::uint8_t max_args;
  /// The caller has counted the arguments. None: they, or the receiver's elements, don't fit.
  types::TypeId (*result)(types::TypeTable& types, types::TypeId receiver,
                          std::span<const types::TypeId> args);
  /// Neither the receiver nor an argument is hollow; `apply_builtin` sees to that.
  OpResult (*apply)(const Call& call);
  std::string_view signature;
  std::string_view doc;
  /// A condition that holds; the reference shows it, and a test evaluates it.
  std::string_view example;
  /// Its argument is expected to be a `Yaml`, so records and mixed lists may be given, too.
  bool takes_tree = false;
  /// It holds elements against each other, so that what comes of it tells something of them.
  bool compares = false;
};

/// `String`, `[T]`: the receiver as the reference calls it; "" for functions on their own.
[[nodiscard]] std::string_view receiver_name(types::TypeKind receiver);

/// nullptr when values of that kind have no such member.
[[nodiscard]] const Builtin* find_builtin(types::TypeKind receiver, std::string_view name);

/// The place of the parameter that is called so in the signature; `max_args` where none is.
[[nodiscard]] std::size_t parameter_place(const Builtin& builtin, std::string_view name);

/// Sorted by receiver, then by name.
[[nodiscard]] std::span<const Builtin> all_builtins();

/// Applies it, or spreads the most hollow of receiver and arguments.
[[nodiscard]] OpResult apply_builtin(const Builtin& builtin, const Call& call);

}  // namespace hlab::values
