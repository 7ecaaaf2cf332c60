#include "tests/unit/values_fixture.h"

namespace hlab::values {
namespace {

using syntax::Op;
using types::TypeId;
using types::TypeKind;
using types::TypeTable;

TEST_CASE("integers are checked at their limits") {
  Values v;
  CHECK(v.of(Op::add, v.number(INT64_MAX), v.number(0)) == "9223372036854775807");
  CHECK(v.of(Op::add, v.number(INT64_MAX), v.number(1)) ==
        "!9223372036854775807 + 1 is larger than a number can be");
  CHECK(v.of(Op::subtract, v.number(INT64_MIN), v.number(1))[0] == '!');
  CHECK(v.of(Op::multiply, v.number(INT64_MIN), v.number(-1))[0] == '!');
  CHECK(v.of(Op::divide, v.number(INT64_MIN), v.number(-1))[0] == '!');
  CHECK(v.of(Op::divide, v.number(7), v.number(0)) == "!7 / 0 divides by zero");
  CHECK(v.of(Op::remainder, v.number(7), v.number(0)) == "!7 % 0 divides by zero");
  CHECK(v.of(Op::remainder, v.number(INT64_MIN), v.number(-1)) == "0");
  CHECK(v.of(Op::divide, v.number(-7), v.number(2)) == "-3");
  CHECK(v.of(Op::remainder, v.number(-7), v.number(2)) == "-1");
  CHECK(apply_unary(Op::negate, v.number(INT64_MIN), v.origin, v.symbols).problem ==
        "-(-9223372036854775808) is larger than a number can be");
  CHECK(apply_unary(Op::negate, v.number(5), v.origin, v.symbols).value.number == -5);
  CHECK(
      apply_unary(Op::logical_not, make_bool(false, v.origin), v.origin, v.symbols).value.boolean);
}

TEST_CASE("floats stay finite") {
  Values v;
  CHECK(v.of(Op::add, v.number(1), v.real(0.5)) == "1.5");
  CHECK(v.of(Op::divide, v.real(1), v.real(0))[0] == '!');
  CHECK(v.of(Op::multiply, v.real(1e308), v.real(10))[0] == '!');
}

TEST_CASE("quantities keep their unit") {
  Values v;
  const Value gib = v.number(kGiB, ValueKind::bytes);
  const Value day = v.number(kDays, ValueKind::duration);
  CHECK(v.of(Op::add, gib, gib) == "2GiB");
  CHECK(v.of(Op::multiply, gib, v.number(3)) == "3GiB");
  CHECK(v.of(Op::multiply, v.number(3), gib) == "3GiB");
  CHECK(v.of(Op::multiply, gib, v.real(1.5)) == "1536MiB");
  CHECK(v.of(Op::divide, day, v.number(2)) == "12h");
  CHECK(v.of(Op::divide, day, v.number(kHours, ValueKind::duration)) == "24.0");
  CHECK(v.of(Op::add, gib, day) == "!`+` is not defined for Bytes and Duration");
  CHECK(v.of(Op::multiply, gib, gib)[0] == '!');
  CHECK(v.of(Op::subtract, gib, v.number(2 * kGiB, ValueKind::bytes)) ==
        "!1GiB - 2GiB is less than nothing");
  CHECK(v.of(Op::multiply, gib, v.real(1e300))[0] == '!');
  CHECK(v.of(Op::divide, gib, v.number(0, ValueKind::bytes)) == "!1GiB / 0B divides by zero");
}

TEST_CASE("addresses stay in their family") {
  Values v;
  CHECK(v.of(Op::add, v.ip("10.0.0.255"), v.number(1)) == "10.0.1.0");
  CHECK(v.of(Op::add, v.ip("10.0.0.0"), v.number(-1)) == "9.255.255.255");
  CHECK(v.of(Op::subtract, v.ip("10.0.1.0"), v.number(1)) == "10.0.0.255");
  CHECK(v.of(Op::add, v.ip("255.255.255.255"), v.number(1)) ==
        "!255.255.255.255 + 1 is no IPv4 address any more");
  CHECK(v.of(Op::add, v.ip("0.0.0.0"), v.number(-1))[0] == '!');
  CHECK(v.of(Op::add, v.ip("::"), v.number(INT64_MIN))[0] == '!');
  CHECK(v.of(Op::add, v.ip("fd00::ffff:ffff:ffff:ffff"), v.number(1)) == "fd00:0:0:1::");
  CHECK(v.of(Op::add, v.ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), v.number(1))[0] == '!');
}

TEST_CASE("comparison") {
  Values v;
  CHECK(v.of(Op::less, v.number(9007199254740993), v.real(9007199254740992.0)) == "false");
  CHECK(v.of(Op::equal, v.number(1), v.real(1)) == "true");
  CHECK(v.of(Op::less, v.number(INT64_MAX), v.real(9223372036854775808.0)) == "true");
  CHECK(v.of(Op::less, v.text("Z"), v.text("a")) == "true");
  CHECK(v.of(Op::less, v.ip("10.0.0.9"), v.ip("10.0.0.10")) == "true");
  CHECK(v.of(Op::less, v.ip("255.0.0.0"), v.ip("::1")) == "true");
  CHECK(v.of(Op::greater_equal, v.number(1, ValueKind::bytes), v.number(1, ValueKind::bytes)) ==
        "true");
  CHECK(v.of(Op::less, v.symbol("a"), v.symbol("b"))[0] == '!');
  CHECK(v.of(Op::not_equal, v.symbol("a"), v.symbol("b")) == "true");
  CHECK(v.of(Op::equal, v.list({v.number(1), v.text("x")}), v.list({v.real(1), v.text("x")})) ==
        "true");
  CHECK(v.of(Op::equal, v.map({{"a", v.number(1)}, {"b", v.number(2)}}),
             v.map({{"b", v.number(2)}, {"a", v.number(1)}})) == "true");
  CHECK(v.of(Op::equal, v.map({{"a", v.hollow(ValueKind::absent)}}), v.map({})) == "true");
  CHECK(v.of(Op::equal, v.variant("t", v.number(1)), v.variant("t", v.number(2))) == "false");
  CHECK(v.of(Op::equal, v.cidr("10.0.0.0/8"), v.cidr("10.0.0.0/9")) == "false");
}

TEST_CASE("membership") {
  Values v;
  const auto in = [&](Value x, Value xs) { return v.of(Op::in, x, xs); };
  CHECK(in(v.ip("10.0.0.1"), v.cidr("10.0.0.0/24")) == "true");
  CHECK(in(v.ip("10.0.1.1"), v.cidr("10.0.0.7/24")) == "false");
  CHECK(in(v.ip("255.1.2.3"), v.cidr("0.0.0.0/0")) == "true");
  CHECK(in(v.ip("ffff::"), v.cidr("::/0")) == "true");
  CHECK(in(v.ip("::1"), v.cidr("0.0.0.0/0")) == "false");
  CHECK(in(v.ip("::1"), v.cidr("::1/128")) == "true");
  CHECK(in(v.cidr("10.1.0.0/16"), v.cidr("10.0.0.0/8")) == "true");
  CHECK(in(v.cidr("10.0.0.0/8"), v.cidr("10.1.0.0/16")) == "false");
  CHECK(in(v.ips("10.0.0.9", "10.0.1.9"), v.cidr("10.0.0.0/24")) == "false");
  CHECK(in(v.ip("10.0.0.9"), v.ips("10.0.0.1", "10.0.0.9")) == "true");
  const Value ten = v.binary(Op::range, v.number(1), v.number(10)).value;
  CHECK(in(v.number(10), ten) == "true");
  CHECK(in(v.number(11), ten) == "false");
  CHECK(in(v.text("a"), v.map({{"a", v.number(1)}})) == "true");
  CHECK(in(v.text("never interned"), v.map({{"a", v.number(1)}})) == "false");
  CHECK(in(v.text("el"), v.text("hello")) == "true");
  CHECK(v.of(Op::not_in, v.number(1), v.list({v.number(2)})) == "true");
  CHECK(in(v.number(2), v.list({v.hollow(ValueKind::unlearned), v.number(2)})) == "true");
  CHECK(v.binary(Op::in, v.number(3), v.list({v.hollow(ValueKind::unlearned)}))
            .value.is(ValueKind::unlearned));
}

TEST_CASE("ranges, texts and lists") {
  Values v;
  CHECK(v.of(Op::range, v.number(1), v.number(3)) == "1..3");
  CHECK(v.of(Op::range, v.number(3), v.number(1)) == "!3 .. 1 ends before it begins");
  CHECK(v.of(Op::range, v.ip("10.0.0.1"), v.ip("::1"))[0] == '!');
  CHECK(v.of(Op::range, v.ip("10.0.0.2"), v.ip("10.0.0.1"))[0] == '!');
  CHECK(v.of(Op::add, v.text("a"), v.text("b")) == "\"ab\"");
  CHECK(v.of(Op::add, v.list({v.number(1)}), v.list({v.number(2)})) == "[1, 2]");
  const Value half = v.text(std::string(kTextLimit / 2 + 1, 'x'));
  CHECK(v.of(Op::add, half, half) == "!a computed text can have 16 MiB, not 16777218 bytes");
}

TEST_CASE("hollow operands come through, the most serious first") {
  Values v;
  const auto kind = [&](ValueKind l, ValueKind r) {
    const OpResult out = v.binary(Op::add, v.hollow(l), v.hollow(r));
    CHECK(out.problem.empty());
    CHECK(out.value.origin == syntax::ExprId(9));
    return out.value.kind;
  };
  CHECK(kind(ValueKind::absent, ValueKind::error) == ValueKind::error);
  CHECK(kind(ValueKind::unlearned, ValueKind::error) == ValueKind::error);
  CHECK(kind(ValueKind::absent, ValueKind::unlearned) == ValueKind::unlearned);
  CHECK(kind(ValueKind::absent, ValueKind::absent) == ValueKind::absent);
  CHECK(v.binary(Op::equal, v.number(1), v.hollow(ValueKind::absent)).value.is(ValueKind::absent));
}

TEST_CASE("types of operators") {
  TypeTable t;
  const auto of = [&](Op op, TypeKind l, TypeKind r) {
    return binary_type(op, TypeTable::simple(l), TypeTable::simple(r), t);
  };
  const auto is = [](TypeKind kind) { return TypeTable::simple(kind); };
  CHECK(of(Op::add, TypeKind::integer, TypeKind::integer) == is(TypeKind::integer));
  CHECK(of(Op::add, TypeKind::ip, TypeKind::integer) == is(TypeKind::ip));
  CHECK_FALSE(of(Op::add, TypeKind::integer, TypeKind::ip).valid());
  CHECK_FALSE(of(Op::add, TypeKind::string, TypeKind::integer).valid());
  CHECK(of(Op::multiply, TypeKind::integer, TypeKind::bytes) == is(TypeKind::bytes));
  CHECK(of(Op::divide, TypeKind::bytes, TypeKind::bytes) == is(TypeKind::floating));
  CHECK_FALSE(of(Op::add, TypeKind::bytes, TypeKind::duration).valid());
  CHECK_FALSE(of(Op::less, TypeKind::boolean, TypeKind::boolean).valid());
  CHECK(of(Op::less, TypeKind::integer, TypeKind::floating) == is(TypeKind::boolean));
  CHECK(of(Op::in, TypeKind::ip, TypeKind::cidr) == is(TypeKind::boolean));
  CHECK_FALSE(of(Op::in, TypeKind::cidr, TypeKind::ip).valid());
  CHECK(of(Op::range, TypeKind::ip, TypeKind::ip) == is(TypeKind::ip_range));
  CHECK(of(Op::add, TypeKind::error, TypeKind::ip) == is(TypeKind::error));
  CHECK_FALSE(of(Op::equal, TypeKind::string, TypeKind::ip).valid());
  const TypeId ints = t.list_of(is(TypeKind::integer));
  CHECK(binary_type(Op::add, ints, ints, t) == ints);
  CHECK(binary_type(Op::in, is(TypeKind::integer), ints, t) == is(TypeKind::boolean));
  CHECK(unary_type(Op::negate, is(TypeKind::integer), t) == is(TypeKind::integer));
  CHECK_FALSE(unary_type(Op::negate, is(TypeKind::bytes), t).valid());
  const TypeId secret = t.secret_of(is(TypeKind::string));
  CHECK_FALSE(binary_type(Op::equal, secret, secret, t).valid());
  CHECK(joined_type(is(TypeKind::absent), ints, t) == t.optional_of(ints));
}

}  // namespace
}  // namespace hlab::values
