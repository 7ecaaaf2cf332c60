// Values written shortly, for the tests of compiler/values.
#pragma once

#include <initializer_list>
#include <string>

#include <catch2/catch.hpp>

#include "compiler/values/address.h"
#include "compiler/values/builtins.h"
#include "compiler/values/operators.h"
#include "compiler/values/scalar_text.h"

namespace hlab::values {

struct Values {
  Heap heap;
  SymbolTable symbols;
  syntax::ExprId origin{7};

  Value number(std::int64_t n, ValueKind kind = ValueKind::integer) {
    return make_number(kind, n, origin);
  }
  Value real(double d) {
    Value v = make(ValueKind::floating, origin);
    v.real = d;
    return v;
  }
  Value text(std::string_view t) { return make_text(heap.text(t), origin); }
  Value symbol(std::string_view t) {
    Value v = make(ValueKind::symbol, origin);
    v.bits = 0;
    v.symbol = symbols.intern(t).index;
    return v;
  }
  Value variant(std::string_view tag, Value payload) {
    Value v = make(ValueKind::variant, origin);
    v.variant = heap.variant(symbols.intern(tag), payload);
    return v;
  }
  Value address(ValueKind kind, const Address& a) {
    Value v = make(kind, origin);
    v.address = heap.address(a);
    return v;
  }
  Value ip(std::string_view t) { return address(ValueKind::ip, parse_ip(t).value()); }
  Value cidr(std::string_view t) { return address(ValueKind::cidr, parse_cidr(t).value()); }
  Value ips(std::string_view first, std::string_view last) {
    return binary(syntax::Op::range, ip(first), ip(last)).value;
  }
  Value list(std::initializer_list<Value> items) {
    List* made = heap.list();
    made->items = items;
    Value v = make(ValueKind::list, origin);
    v.list = made;
    return v;
  }
  Value map(std::initializer_list<std::pair<std::string_view, Value>> items) {
    Map* made = heap.map();
    for (const auto& [key, value] : items) {
      made->items.push_back({MapKey::of(symbols.intern(key)), value});
    }
    Value v = make(ValueKind::map, origin);
    v.map = made;
    return v;
  }
  Value hollow(ValueKind kind) { return make(kind, origin); }

  OpResult binary(syntax::Op op, Value left, Value right) {
    return apply_binary(op, left, right, syntax::ExprId(9), heap, symbols);
  }
  /// The text of a result; for a problem, `!` and its words.
  std::string shown(const OpResult& result) {
    if (!result.problem.empty()) return "!" + result.problem;
    if (!result.value.is(ValueKind::list)) return shown_text(result.value, symbols);
    std::string out;
    for (const Value& item : result.value.list->items) {
      out += (out.empty() ? "" : ", ") + shown_text(item, symbols);
    }
    return "[" + out + "]";
  }
  std::string of(syntax::Op op, Value left, Value right) { return shown(binary(op, left, right)); }

  std::string call(types::TypeKind kind, std::string_view name, Value receiver,
                   std::initializer_list<Value> args = {},
                   types::TypeKind result = types::TypeKind::integer) {
    const Builtin* builtin = find_builtin(kind, name);
    REQUIRE(builtin != nullptr);
    const std::vector<Value> kept(args);
    return shown(
        apply_builtin(*builtin, {heap, symbols, receiver, kept, syntax::ExprId(9), result}));
  }
};

constexpr std::int64_t kKiB = 1024;
constexpr std::int64_t kMiB = 1024 * kKiB;
constexpr std::int64_t kGiB = 1024 * kMiB;
constexpr std::int64_t kSeconds = 1000;
constexpr std::int64_t kMinutes = 60 * kSeconds;
constexpr std::int64_t kHours = 60 * kMinutes;
constexpr std::int64_t kDays = 24 * kHours;

}  // namespace hlab::values
