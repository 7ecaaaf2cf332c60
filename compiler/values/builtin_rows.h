// What the tables of builtins are made of: rows per receiver, types of results, results.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "compiler/values/builtins.h"

namespace hlab::values {

[[nodiscard]] std::span<const Builtin> text_builtins();
[[nodiscard]] std::span<const Builtin> text_part_builtins();
[[nodiscard]] std::span<const Builtin> list_builtins();
[[nodiscard]] std::span<const Builtin> list_key_builtins();
[[nodiscard]] std::span<const Builtin> map_builtins();
[[nodiscard]] std::span<const Builtin> network_builtins();
[[nodiscard]] std::span<const Builtin> subnet_builtins();
[[nodiscard]] std::span<const Builtin> number_builtins();
[[nodiscard]] std::span<const Builtin> quantity_builtins();
[[nodiscard]] std::span<const Builtin> tree_builtins();
[[nodiscard]] std::span<const Builtin> global_builtins();

/// `T` of `T?`, and what a lease leases.
[[nodiscard]] inline types::TypeId plain_type(const types::TypeTable& types, types::TypeId id) {
  id = types.required(id);
  return types.is(id, types::TypeKind::lease) ? types[id].a : id;
}

/// An error fits everywhere, silently.
[[nodiscard]] inline bool fits(const types::TypeTable& types, types::TypeId id,
                               types::TypeKind kind) {
  const types::TypeKind found = types[plain_type(types, id)].kind;
  return found == kind || found == types::TypeKind::error || found == types::TypeKind::absent;
}

/// A result of one simple type, for arguments of simple types.
template <types::TypeKind Result, types::TypeKind... Args>
types::TypeId simple_result(types::TypeTable& types, types::TypeId,
                            std::span<const types::TypeId> args) {
  constexpr std::array<types::TypeKind, sizeof...(Args)> kinds{Args...};
  if (args.size() > kinds.size()) return types::TypeId();
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!fits(types, args[i], kinds[i])) return types::TypeId();
  }
  return types::TypeTable::simple(Result);
}

template <types::TypeKind Element>
types::TypeId list_result(types::TypeTable& types, types::TypeId receiver,
                          std::span<const types::TypeId> args) {
  if (args.size() == 1 && !fits(types, args[0], types::TypeKind::string)) return types::TypeId();
  (void)receiver;
  return types.list_of(types::TypeTable::simple(Element));
}

[[nodiscard]] inline OpResult text_of(const Call& call, std::string_view text) {
  return text_result(text, call.origin, call.heap);
}
[[nodiscard]] inline OpResult number_of(const Call& call, std::int64_t number) {
  return {make_number(ValueKind::integer, number, call.origin), {}};
}
[[nodiscard]] inline OpResult boolean_of(const Call& call, bool boolean) {
  return {make_bool(boolean, call.origin), {}};
}
[[nodiscard]] inline OpResult real_of(const Call& call, double real) {
  Value value = make(ValueKind::floating, call.origin);
  value.real = real;
  return {value, {}};
}
[[nodiscard]] inline OpResult list_of(const Call& call, const List* list) {
  Value value = make(ValueKind::list, call.origin);
  value.list = list;
  return {value, {}};
}
/// A value taken out of another one keeps the place where it was written.
[[nodiscard]] inline OpResult taken(const Value& value) { return {value, {}}; }
[[nodiscard]] inline OpResult nothing(const Call& call) {
  return {make(ValueKind::absent, call.origin), {}};
}
[[nodiscard]] inline OpResult problem_of(const Call& call, std::string problem) {
  return failed(call.origin, std::move(problem));
}

}  // namespace hlab::values
