#include "compiler/values/operators.h"

#include <cmath>

#include "compiler/values/address.h"
#include "compiler/values/comparison.h"
#include "compiler/values/membership.h"
#include "compiler/values/scalar_text.h"

namespace hlab::values {
namespace {

using syntax::ExprId;
using syntax::Op;

/// One application of a binary operator, so that messages can name all of it.
struct Binary {
  Op op;
  const Value& left;
  const Value& right;
  ExprId origin;
  Heap& heap;
  const SymbolTable& symbols;
  Records* records;

  [[nodiscard]] std::string shown() const {
    return shown_text(left, symbols) + " " + std::string(op_text(op)) + " " +
           shown_text(right, symbols);
  }
  [[nodiscard]] OpResult fail(std::string_view what) const {
    return failed(origin, shown() + " " + std::string(what));
  }
  [[nodiscard]] OpResult undefined() const {
    return failed(origin, "`" + std::string(op_text(op)) + "` is not defined for " +
                              std::string(kind_name(left.kind)) + " and " +
                              std::string(kind_name(right.kind)));
  }
  [[nodiscard]] OpResult boolean(bool b) const { return {make_bool(b, origin), {}}; }
};

constexpr std::string_view kTooLarge = "is larger than a number can be";
constexpr std::string_view kTooSmall = "is smaller than a number can be";

bool fits_whole(double real) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  return real >= -kTwoTo63 && real < kTwoTo63;
}

OpResult whole_result(const Binary& b, ValueKind kind, bool overflow, std::int64_t number) {
  const bool below = b.op == Op::multiply ? (b.left.number < 0) != (b.right.number < 0)
                                          : b.left.number < 0;
  if (overflow) return b.fail(below && !is_quantity(kind) ? kTooSmall : kTooLarge);
  if (is_quantity(kind) && number < 0) return b.fail("is less than nothing");
  return {make_number(kind, number, b.origin), {}};
}

OpResult real_result(const Binary& b, double real) {
  if (!std::isfinite(real)) return b.fail(real < 0 ? kTooSmall : kTooLarge);
  Value value = make(ValueKind::floating, b.origin);
  value.real = real;
  return {value, {}};
}

double as_real(const Value& v) {
  return v.is(ValueKind::floating) ? v.real : static_cast<double>(v.number);
}

OpResult whole_arithmetic(const Binary& b, ValueKind kind) {
  const std::int64_t l = b.left.number;
  const std::int64_t r = b.right.number;
  std::int64_t out = 0;
  bool overflow = false;
  switch (b.op) {
    case Op::add:
      overflow = __builtin_add_overflow(l, r, &out);
      return whole_result(b, kind, overflow, out);
    case Op::subtract:
      overflow = __builtin_sub_overflow(l, r, &out);
      return whole_result(b, kind, overflow, out);
    case Op::multiply:
      overflow = __builtin_mul_overflow(l, r, &out);
      return whole_result(b, kind, overflow, out);
    case Op::divide:
      if (r == 0) return b.fail("divides by zero");
      if (l == INT64_MIN && r == -1) return b.fail(kTooLarge);
      return whole_result(b, kind, false, l / r);
    case Op::remainder:
      if (r == 0) return b.fail("divides by zero");
      return whole_result(b, kind, false, r == -1 ? 0 : l % r);
    default: return b.undefined();
  }
}

OpResult real_arithmetic(const Binary& b) {
  const double l = as_real(b.left);
  const double r = as_real(b.right);
  switch (b.op) {
    case Op::add: return real_result(b, l + r);
    case Op::subtract: return real_result(b, l - r);
    case Op::multiply: return real_result(b, l * r);
    case Op::divide: return r == 0 ? b.fail("divides by zero") : real_result(b, l / r);
    default: return b.undefined();
  }
}

/// To the nearest of the smallest unit, as where a fraction is multiplied.
OpResult divided_quantity(const Binary& b) {
  if (b.right.is(ValueKind::floating)) {
    if (b.right.real == 0) return b.fail("divides by zero");
    const double real = std::round(static_cast<double>(b.left.number) / b.right.real);
    const bool fits = fits_whole(real);
    return whole_result(b, b.left.kind, !fits, fits ? static_cast<std::int64_t>(real) : 0);
  }
  const std::int64_t l = b.left.number;
  const std::int64_t r = b.right.number;
  if (r <= 0) return whole_arithmetic(b, b.left.kind);
  const bool up = l % r >= r - l % r;
  return whole_result(b, b.left.kind, false, l / r + (up ? 1 : 0));
}

OpResult scaled_quantity(const Binary& b, const Value& quantity, const Value& factor) {
  if (factor.is(ValueKind::integer)) return whole_arithmetic(b, quantity.kind);
  const double real = std::round(static_cast<double>(quantity.number) * factor.real);
  const bool fits = fits_whole(real);
  return whole_result(b, quantity.kind, !fits, fits ? static_cast<std::int64_t>(real) : 0);
}

OpResult quantity_arithmetic(const Binary& b) {
  const bool same = b.left.kind == b.right.kind;
  if (same && (b.op == Op::add || b.op == Op::subtract)) return whole_arithmetic(b, b.left.kind);
  if (same && b.op == Op::divide) return real_arithmetic(b);
  if (b.op == Op::divide && is_quantity(b.left.kind) && is_number(b.right.kind)) {
    return divided_quantity(b);
  }
  if (b.op != Op::multiply) return b.undefined();
  if (is_number(b.right.kind)) return scaled_quantity(b, b.left, b.right);
  return is_number(b.left.kind) ? scaled_quantity(b, b.right, b.left) : b.undefined();
}

OpResult moved_ip(const Binary& b) {
  const bool back = b.op == Op::subtract;
  if (back && b.right.number == INT64_MIN) return b.fail(kTooLarge);
  const std::int64_t offset = back ? -b.right.number : b.right.number;
  const auto moved = moved_address(*b.left.address, offset);
  if (!moved)
    return b.fail(b.left.address->family == 4 ? "is no IPv4 address any more"
                                              : "is no IPv6 address any more");
  Value value = make(ValueKind::ip, b.origin);
  value.address = b.heap.address(*moved);
  return {value, {}};
}

OpResult joined_texts(const Binary& b) {
  const std::string_view l = b.left.as_text();
  const std::string_view r = b.right.as_text();
  std::string text;
  text.reserve(l.size() + r.size());
  text.append(l).append(r);
  return text_result(text, b.origin, b.heap);
}

OpResult joined_lists(const Binary& b) {
  const auto& l = b.left.list->items;
  const auto& r = b.right.list->items;
  if (l.size() + r.size() > kListLimit) {
    return failed(b.origin, list_problem(l.size() + r.size()));
  }
  List* list = b.heap.list();
  list->items.reserve(l.size() + r.size());
  list->items.insert(list->items.end(), l.begin(), l.end());
  list->items.insert(list->items.end(), r.begin(), r.end());
  Value value = make(ValueKind::list, b.origin);
  value.list = list;
  return {value, {}};
}

OpResult arithmetic(const Binary& b) {
  const ValueKind l = b.left.kind;
  const ValueKind r = b.right.kind;
  if (l == ValueKind::integer && r == l) return whole_arithmetic(b, l);
  if (is_number(l) && is_number(r)) return real_arithmetic(b);
  if (is_quantity(l) || is_quantity(r)) return quantity_arithmetic(b);
  const bool add = b.op == Op::add;
  if (l == ValueKind::ip && r == ValueKind::integer && (add || b.op == Op::subtract)) {
    return moved_ip(b);
  }
  if (add && l == ValueKind::string && r == l) return joined_texts(b);
  return add && l == ValueKind::list && r == l ? joined_lists(b) : b.undefined();
}

OpResult equality(const Binary& b) {
  const Equality found = compare_equal(b.left, b.right, b.records);
  if (found.unknown) return {spread_hollow(*found.unknown, b.origin), {}};
  return b.boolean(found.same == (b.op == Op::equal));
}

OpResult ordering(const Binary& b) {
  const auto order = compare_order(b.left, b.right);
  if (!order) return b.undefined();
  switch (b.op) {
    case Op::less: return b.boolean(*order < 0);
    case Op::less_equal: return b.boolean(*order <= 0);
    case Op::greater: return b.boolean(*order > 0);
    default: return b.boolean(*order >= 0);
  }
}

OpResult int_range(const Binary& b) {
  if (b.left.number > b.right.number) return b.fail("ends before it begins");
  Value value = make(ValueKind::int_range, b.origin);
  value.range = b.heap.range({b.left.number, b.right.number});
  return {value, {}};
}

OpResult ip_range(const Binary& b) {
  const Address& first = *b.left.address;
  const Address& last = *b.right.address;
  if (first.family != last.family) return b.fail("mixes IPv4 and IPv6");
  if (address_bits(first) > address_bits(last)) return b.fail("ends before it begins");
  Value value = make(ValueKind::ip_range, b.origin);
  value.address = b.heap.address(range_of(first.family, address_bits(first), address_bits(last)));
  return {value, {}};
}

OpResult range(const Binary& b) {
  if (b.left.is(ValueKind::integer) && b.right.is(ValueKind::integer)) return int_range(b);
  const bool ips = b.left.is(ValueKind::ip) && b.right.is(ValueKind::ip);
  return ips ? ip_range(b) : b.undefined();
}

OpResult membership(const Binary& b) {
  const Membership found = is_member(b.left, b.right, b.symbols, b.records);
  if (found.unknown) return {spread_hollow(*found.unknown, b.origin), {}};
  return found.defined ? b.boolean(found.inside == (b.op == Op::in)) : b.undefined();
}

}  // namespace

OpResult apply_binary(Op op, const Value& left, const Value& right, ExprId origin, Heap& heap,
                      const SymbolTable& symbols, Records* records) {
  const Value& hollow = most_hollow(left, right);
  if (hollow.hollow()) return {spread_hollow(hollow, origin), {}};
  const Binary b{op, left, right, origin, heap, symbols, records};
  switch (op) {
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::remainder: return arithmetic(b);
    case Op::equal:
    case Op::not_equal: return equality(b);
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return ordering(b);
    case Op::range: return range(b);
    case Op::in:
    case Op::not_in: return membership(b);
    default: return b.undefined();
  }
}

OpResult apply_unary(Op op, const Value& operand, ExprId origin, const SymbolTable& symbols) {
  if (operand.hollow()) return {spread_hollow(operand, origin), {}};
  if (op == Op::logical_not && operand.is(ValueKind::boolean)) {
    return {make_bool(!operand.boolean, origin), {}};
  }
  if (op == Op::negate && operand.is(ValueKind::integer)) {
    if (operand.number == INT64_MIN) {
      return failed(origin, "-(" + shown_text(operand, symbols) + ") " + std::string(kTooLarge));
    }
    return {make_number(ValueKind::integer, -operand.number, origin), {}};
  }
  if (op == Op::negate && operand.is(ValueKind::floating)) {
    Value value = make(ValueKind::floating, origin);
    value.real = -operand.real;
    return {value, {}};
  }
  return failed(origin, "`" + std::string(op_text(op)) + "` is not defined for " +
                            std::string(kind_name(operand.kind)));
}

std::string_view op_text(Op op) {
  switch (op) {
    case Op::none: return "";
    case Op::negate:
    case Op::subtract: return "-";
    case Op::logical_not: return "not";
    case Op::add: return "+";
    case Op::multiply: return "*";
    case Op::divide: return "/";
    case Op::remainder: return "%";
    case Op::equal: return "==";
    case Op::not_equal: return "!=";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    case Op::greater_equal: return ">=";
    case Op::logical_and: return "and";
    case Op::logical_or: return "or";
    case Op::coalesce: return "??";
    case Op::range: return "..";
    case Op::in: return "in";
    case Op::not_in: return "not in";
  }
  return "";
}

Value spread_hollow(const Value& hollow, ExprId origin) {
  Value value = hollow;
  value.origin = origin;
  return value;
}

const Value& most_hollow(const Value& left, const Value& right) {
  for (const ValueKind kind : {ValueKind::error, ValueKind::unlearned, ValueKind::absent}) {
    if (left.is(kind)) return left;
    if (right.is(kind)) return right;
  }
  return left;
}

OpResult failed(ExprId origin, std::string problem) {
  return {make(ValueKind::error, origin), std::move(problem)};
}

std::string list_problem(std::optional<std::size_t> length) {
  return "a list can hold " + std::to_string(kListLimit) + " elements, not " +
         (length ? std::to_string(*length) : "more");
}

OpResult text_result(std::string_view text, ExprId origin, Heap& heap) {
  if (text.size() > kTextLimit) {
    return failed(origin,
                  "a computed text can have 16 MiB, not " + std::to_string(text.size()) + " bytes");
  }
  return {make_text(heap.text(text), origin), {}};
}

}  // namespace hlab::values
