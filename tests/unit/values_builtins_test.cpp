#include <set>

#include "tests/unit/values_fixture.h"

namespace hlab::values {
namespace {

using types::TypeId;
using types::TypeKind;
using types::TypeTable;

TEST_CASE("texts") {
  Values v;
  const auto text = [&](std::string_view t, std::string_view name,
                        std::initializer_list<Value> args = {}) {
    return v.call(TypeKind::string, name, v.text(t), args);
  };
  CHECK(text("a\xc3\xa9Z", "upper") == "\"A\xc3\xa9Z\"");
  CHECK(text("a\xc3\xa9Z", "length") == "3");
  CHECK(text(" \t a b\n", "trim") == "\"a b\"");
  CHECK(text("aaa", "replace", {v.text("aa"), v.text("b")}) == "\"ba\"");
  CHECK(text("x", "replace", {v.text(""), v.text("b")})[0] == '!');
  CHECK(text("a,,b", "split", {v.text(",")}) == R"(["a", "", "b"])");
  CHECK(text("", "split", {v.text(",")}) == R"([""])");
  CHECK(text("a\r\nb\n", "lines") == R"(["a", "b"])");
  CHECK(text("", "lines") == "[]");
  CHECK(text("abc", "starts-with", {v.text("ab")}) == "true");
  CHECK(text("abc", "ends-with", {v.text("abcd")}) == "false");
  CHECK(text("a\n\nb", "indent", {v.number(2)}) == "\"  a\n\n  b\"");
  CHECK(text("a", "indent", {v.number(-1)}) == "!`indent` takes 0 to 256 spaces, not -1");
  CHECK(text("f", "base64") == "\"Zg==\"");
  CHECK(text("fo", "base64") == "\"Zm8=\"");
  CHECK(text("foobar", "base64") == "\"Zm9vYmFy\"");
  CHECK(text("My  Lab_1!", "slug") == "\"my-lab-1\"");
  CHECK(text("\xc3\xa9", "slug")[0] == '!');
  const std::string long_text = std::string(62, 'a') + "-b";
  CHECK(v.shown(find_builtin(TypeKind::string, "slug")
                    ->apply({v.heap, v.symbols, v.text(long_text), {}, v.origin})) ==
        shown_text(v.text(std::string(62, 'a')), v.symbols));
  CHECK(text("jwt-secret.key", "env-name") == "\"JWT_SECRET_KEY\"");
  CHECK(text("1st", "env-name") == "\"_1ST\"");
}

TEST_CASE("lists") {
  Values v;
  const Value numbers = v.list({v.number(3), v.number(1), v.number(3)});
  const auto list = [&](Value l, std::string_view name, std::initializer_list<Value> args = {},
                        TypeKind result = TypeKind::integer) {
    return v.call(TypeKind::list, name, l, args, result);
  };
  CHECK(list(numbers, "length") == "3");
  CHECK(list(numbers, "join", {v.text(", ")}) == "\"3, 1, 3\"");
  CHECK(list(v.list({}), "join", {v.text(",")}) == "\"\"");
  CHECK(list(numbers, "sorted") == "[1, 3, 3]");
  CHECK(list(numbers, "reversed") == "[3, 1, 3]");
  CHECK(list(numbers, "unique") == "[3, 1]");
  CHECK(list(numbers, "sum") == "7");
  CHECK(list(numbers, "min") == "1");
  CHECK(list(numbers, "max") == "3");
  CHECK(list(v.list({}), "max") == "absent");
  CHECK(list(v.list({}), "first") == "absent");
  CHECK(list(numbers, "last") == "3");
  CHECK(list(v.list({}), "sum") == "0");
  CHECK(list(v.list({}), "sum", {}, TypeKind::bytes) == "0B");
  CHECK(list(v.list({}), "sum", {}, TypeKind::rate) == "0bps");
  CHECK(list(v.list({}), "sum", {}, TypeKind::floating) == "0.0");
  CHECK(list(v.list({v.number(INT64_MAX), v.number(1)}), "sum")[0] == '!');
  CHECK(list(numbers, "contains", {v.number(1)}) == "true");
  CHECK(list(v.list({numbers, v.list({v.number(4)})}), "flatten") == "[3, 1, 3, 4]");
  CHECK(list(v.list({v.ip("10.0.0.10"), v.ip("10.0.0.9")}), "sorted") == "[10.0.0.9, 10.0.0.10]");
  const Value gaps = v.list({v.number(1), v.hollow(ValueKind::unlearned)});
  CHECK(list(gaps, "length") == "2");
  CHECK(list(gaps, "sum") == "learned value");
}

TEST_CASE("maps") {
  Values v;
  const Value map = v.map({{"b", v.number(1)}, {"a", v.hollow(ValueKind::absent)}});
  CHECK(v.call(TypeKind::map, "keys", map) == R"(["b"])");
  CHECK(v.call(TypeKind::map, "values", map) == "[1]");
  CHECK(v.call(TypeKind::map, "length", map) == "1");
}

TEST_CASE("networks") {
  Values v;
  const auto cidr = [&](std::string_view n, std::string_view name,
                        std::initializer_list<Value> args = {}) {
    return v.call(TypeKind::cidr, name, v.cidr(n), args);
  };
  CHECK(cidr("192.168.1.7/24", "host", {v.number(20)}) == "192.168.1.20");
  CHECK(cidr("192.168.1.0/24", "host", {v.number(300)}) ==
        "!192.168.1.0/24 has no host 300: its hosts are 1 to 254");
  CHECK(cidr("192.168.1.0/24", "host", {v.number(0)})[0] == '!');
  CHECK(cidr("192.168.1.0/24", "host", {v.number(255)})[0] == '!');
  CHECK(cidr("192.168.1.0/31", "host", {v.number(0)}) == "192.168.1.0");
  CHECK(cidr("192.168.1.4/32", "host", {v.number(0)}) == "192.168.1.4");
  CHECK(cidr("192.168.1.4/32", "host", {v.number(1)})[0] == '!');
  CHECK(cidr("::/0", "host", {v.number(INT64_MAX)}) == "::7fff:ffff:ffff:ffff");
  CHECK(cidr("::/0", "host", {v.number(-1)}) ==
        "!::/0 has no host -1: its hosts are 1 to 340282366920938463463374607431768211455");
  CHECK(cidr("fd00::1/128", "host", {v.number(0)}) == "fd00::1");
  CHECK(cidr("10.0.0.0/20", "netmask") == "255.255.240.0");
  CHECK(cidr("10.0.0.0/0", "netmask") == "0.0.0.0");
  CHECK(cidr("::1/128", "netmask") == "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  CHECK(cidr("10.0.0.0/24", "first") == "10.0.0.1");
  CHECK(cidr("10.0.0.0/24", "last") == "10.0.0.254");
  CHECK(cidr("fd00::/64", "last") == "fd00::ffff:ffff:ffff:ffff");
  CHECK(cidr("10.0.0.9/24", "network") == "10.0.0.0/24");
  CHECK(cidr("10.0.0.9/24", "address") == "10.0.0.9");
  CHECK(cidr("10.0.0.0/24", "prefix") == "24");
  CHECK(cidr("10.0.0.0/24", "size") == "256");
  CHECK(cidr("0.0.0.0/0", "size") == "4294967296");
  CHECK(cidr("::/66", "size") == "4611686018427387904");
  CHECK(cidr("::/65", "size") == "!::/65 has more addresses than a number can count");
  CHECK(cidr("::/0", "size")[0] == '!');
  CHECK(cidr("10.0.0.0/8", "overlaps", {v.cidr("10.9.0.0/16")}) == "true");
  CHECK(cidr("10.9.0.0/16", "overlaps", {v.cidr("10.0.0.0/8")}) == "true");
  CHECK(cidr("10.9.0.0/16", "overlaps", {v.cidr("10.8.0.0/16")}) == "false");
  CHECK(cidr("10.0.0.0/8", "subnet", {v.number(16), v.number(3)}) == "10.3.0.0/16");
  CHECK(cidr("10.0.0.0/8", "subnet", {v.number(16), v.number(256)}) ==
        "!10.0.0.0/8 has no subnet 256 of /16: they are 0 to 255");
  CHECK(cidr("10.0.0.0/8", "subnet", {v.number(7), v.number(0)}) ==
        "!a subnet of 10.0.0.0/8 has a prefix of 8 to 32, not 7");
  CHECK(cidr("::/0", "subnet", {v.number(0), v.number(0)}) == "::/0");
  CHECK(cidr("::/0", "subnet", {v.number(128), v.number(5)}) == "::5/128");
  CHECK(cidr("10.0.0.0/8", "subnet", {v.number(8), v.number(0)}) == "10.0.0.0/8");
}

TEST_CASE("parts of texts") {
  Values v;
  const auto text = [&](std::string_view t, std::string_view name,
                        std::initializer_list<Value> args = {}) {
    return v.call(TypeKind::string, name, v.text(t), args);
  };
  CHECK(text("a\xc3\xa9z", "slice", {v.number(1), v.number(2)}) == "\"\xc3\xa9\"");
  CHECK(text("abc", "slice", {v.number(2)}) == "\"c\"");
  CHECK(text("abc", "slice", {v.number(1), v.number(99)}) == "\"bc\"");
  CHECK(text("abc", "slice", {v.number(9)}) == "\"\"");
  CHECK(text("abc", "slice", {v.number(2), v.number(1)}) == "\"\"");
  CHECK(text("abc", "slice", {v.number(-1)})[0] == '!');
  CHECK(text("\xc3\xa9", "pad-left", {v.number(3), v.text("\xc3\xa9")}) ==
        "\"\xc3\xa9\xc3\xa9\xc3\xa9\"");
  CHECK(text("abc", "pad-left", {v.number(2)}) == "\"abc\"");
  CHECK(text("a", "pad-right", {v.number(2), v.text("xy")})[0] == '!');
  CHECK(text("a", "pad-right", {v.number(5000)})[0] == '!');
  CHECK(text("ab", "matches", {v.text("a")}) == "false");
  CHECK(text("ab", "matches", {v.text("(")})[0] == '!');
  CHECK(text("-9223372036854775808", "int") == "-9223372036854775808");
  for (const std::string_view bad : {"", "+1", "1.0", " 1", "0x10", "9223372036854775808"}) {
    CHECK(text(bad, "int") == "absent");
  }
  CHECK(text("300.1.1.1", "ip") == "absent");
  CHECK(text("fd00::/64", "cidr") == "fd00::/64");
  CHECK(text("\xc3\xa9", "url-encoded") == "\"%C3%A9\"");
}

TEST_CASE("lists beside lists of keys") {
  Values v;
  const Value letters = v.list({v.text("b"), v.text("a"), v.text("c")});
  const auto list = [&](Value l, std::string_view name, std::initializer_list<Value> args = {}) {
    return v.call(TypeKind::list, name, l, args);
  };
  CHECK(list(letters, "sorted-by", {v.list({v.number(2), v.number(2), v.number(1)})}) ==
        R"(["c", "b", "a"])");
  CHECK(list(letters, "sorted-by", {v.list({v.number(2)})}) == "!there are 1 keys for 3 elements");
  CHECK(list(letters, "keyed-by", {v.list({v.text("x"), v.text("y"), v.text("x")})}) ==
        "!the key `x` stands twice");
  CHECK(list(letters, "index-of", {v.text("z")}) == "absent");
  CHECK(list(letters, "slice", {v.number(1), v.number(9)}) == R"(["a", "c"])");
  CHECK(list(v.list({}), "indexes") == "[]");
  CHECK(list(v.list({v.number(1), v.number(2), v.number(1), v.number(1)}), "repeated") == "[1]");
  const Value yes = make_bool(true, v.origin);
  const Value no = make_bool(false, v.origin);
  CHECK(list(v.list({}), "any") == "false");
  CHECK(list(v.list({}), "all") == "true");
  CHECK(list(v.list({v.hollow(ValueKind::unlearned), yes}), "any") == "true");
  CHECK(list(v.list({v.hollow(ValueKind::unlearned), yes}), "all") == "learned value");
  CHECK(list(v.list({v.hollow(ValueKind::unlearned), no}), "all") == "false");
}

TEST_CASE("builtins of numbers") {
  Values v;
  CHECK(v.call(TypeKind::integer, "pad", v.number(-7), {v.number(3)}) == "\"-007\"");
  CHECK(v.call(TypeKind::integer, "pad", v.number(1234), {v.number(3)}) == "\"1234\"");
  CHECK(v.call(TypeKind::integer, "abs", v.number(INT64_MIN))[0] == '!');
  CHECK(v.call(TypeKind::floating, "round", v.real(-1.5)) == "-2");
  CHECK(v.call(TypeKind::floating, "floor", v.real(-1.5)) == "-2");
  CHECK(v.call(TypeKind::floating, "ceil", v.real(9.3e18))[0] == '!');
}

TEST_CASE("subnets and what addresses mean") {
  Values v;
  const auto cidr = [&](std::string_view n, std::string_view name,
                        std::initializer_list<Value> args = {}) {
    return v.call(TypeKind::cidr, name, v.cidr(n), args);
  };
  CHECK(cidr("10.0.0.0/31", "broadcast")[0] == '!');
  CHECK(cidr("fd00::/64", "broadcast")[0] == '!');
  CHECK(cidr("10.0.0.0/30", "subnets", {v.number(32)}) ==
        "[10.0.0.0/32, 10.0.0.1/32, 10.0.0.2/32, 10.0.0.3/32]");
  CHECK(cidr("::/0", "subnets", {v.number(0)}) == "[::/0]");
  CHECK(cidr("10.0.0.0/8", "subnets", {v.number(24)})[0] == '!');
  CHECK(cidr("10.0.0.0/8", "subnets", {v.number(4)})[0] == '!');
  CHECK(cidr("10.9.0.0/16", "covers", {v.cidr("10.0.0.0/8")}) == "false");
  Value mac = make(ValueKind::mac, v.origin);
  mac.mac = 0x0203'0405'0607u;
  CHECK(cidr("2001:db8::/32", "eui64", {mac}) == "2001:db8::3:4ff:fe05:607");
  CHECK(cidr("10.0.0.0/8", "eui64", {mac})[0] == '!');
  CHECK(v.call(TypeKind::ip, "is-private", v.ip("100.64.3.1")) == "true");
  CHECK(v.call(TypeKind::ip, "is-private", v.ip("172.32.0.1")) == "false");
  CHECK(v.call(TypeKind::ip, "is-private", v.ip("2001:db8::1")) == "false");
}

TEST_CASE("reverse look-ups") {
  Values v;
  const auto zone = [&](std::string_view n) {
    return v.call(TypeKind::cidr, "reverse-zone", v.cidr(n));
  };
  CHECK(zone("192.168.1.0/24") == "\"1.168.192.in-addr.arpa\"");
  CHECK(zone("10.20.30.0/23") == "\"20.10.in-addr.arpa\"");
  CHECK(zone("0.0.0.0/0") == "\"in-addr.arpa\"");
  CHECK(zone("fd00:abcd::/32") == "\"d.c.b.a.0.0.d.f.ip6.arpa\"");
  CHECK(v.call(TypeKind::ip, "reverse-name", v.ip("192.168.1.10")) ==
        "\"10.1.168.192.in-addr.arpa\"");
  CHECK(v.call(TypeKind::ip, "family", v.ip("::1")) == "6");
}

TEST_CASE("ranges of addresses") {
  Values v;
  const Value range = v.ips("10.0.0.10", "10.0.0.19");
  CHECK(v.call(TypeKind::ip_range, "first", range) == "10.0.0.10");
  CHECK(v.call(TypeKind::ip_range, "last", range) == "10.0.0.19");
  CHECK(v.call(TypeKind::ip_range, "size", range) == "10");
  CHECK(v.call(TypeKind::ip_range, "contains", range, {v.ip("10.0.0.19")}) == "true");
  CHECK(v.call(TypeKind::ip_range, "overlaps", range, {v.ips("10.0.0.19", "10.0.0.30")}) == "true");
  CHECK(v.call(TypeKind::ip_range, "overlaps", range, {v.ips("10.0.0.20", "10.0.0.30")}) ==
        "false");
  CHECK(v.call(TypeKind::ip_range, "size",
               v.ips("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))[0] == '!');
}

TEST_CASE("quantities") {
  Values v;
  const Value size = v.number(1536 * kMiB + 1, ValueKind::bytes);
  CHECK(v.call(TypeKind::bytes, "kubernetes", size) == "\"1610612737\"");
  CHECK(v.call(TypeKind::bytes, "mib", size) == "1536");
  CHECK(v.call(TypeKind::bytes, "gib", size) == "1");
  CHECK(v.call(TypeKind::cpu, "cores", v.number(250, ValueKind::cpu)) == "0.25");
  CHECK(v.call(TypeKind::cpu, "millicores", v.number(250, ValueKind::cpu)) == "250");
  CHECK(v.call(TypeKind::duration, "go", v.number(kDays, ValueKind::duration)) == "\"24h0m0s\"");
  CHECK(v.call(TypeKind::duration, "days", v.number(47 * kHours, ValueKind::duration)) == "1");
}

TEST_CASE("functions") {
  Values v;
  const Value none = v.hollow(ValueKind::absent);
  const auto call = [&](std::string_view name, std::initializer_list<Value> args,
                        TypeKind result = TypeKind::string) {
    return v.call(TypeKind::absent, name, none, args, result);
  };
  CHECK(call("min", {v.number(2), v.number(1)}) == "1");
  CHECK(call("max", {v.number(2), v.real(1)}, TypeKind::floating) == "2.0");
  CHECK(call("base64", {v.text("")}) == "\"\"");
  const Value tree = v.map({{"a\"b", v.list({v.number(1), v.real(2), make_bool(false, v.origin)})},
                            {"gone", v.hollow(ValueKind::absent)},
                            {"t", v.variant("tag", v.ip("10.0.0.1"))}});
  CHECK(call("json", {tree}) == R"("{"a\"b":[1,2.0,false],"t":{"tag":"10.0.0.1"}}")");
  CHECK(call("json", {v.text("\x01\n\\")}) == R"(""\u0001\n\\"")");
  CHECK(call("json", {v.list({})}) == "\"[]\"");
  CHECK(call("json", {make_instance(InstanceId(1), v.origin)}) == "!JSON has no form for instance");
  CHECK(call("min", {v.hollow(ValueKind::unlearned), v.number(1)}) == "learned value");
}

TEST_CASE("types of builtins") {
  TypeTable t;
  const auto result = [&](TypeKind kind, std::string_view name, TypeId receiver,
                          std::vector<TypeId> args = {}) {
    const Builtin* builtin = find_builtin(kind, name);
    REQUIRE(builtin != nullptr);
    return builtin->result(t, receiver, args);
  };
  const auto is = [](TypeKind kind) { return TypeTable::simple(kind); };
  const TypeId texts = t.list_of(is(TypeKind::string));
  const TypeId sizes = t.list_of(is(TypeKind::bytes));
  CHECK(result(TypeKind::list, "sum", sizes) == is(TypeKind::bytes));
  CHECK_FALSE(result(TypeKind::list, "sum", texts).valid());
  CHECK(result(TypeKind::list, "first", texts) == t.optional_of(is(TypeKind::string)));
  CHECK(result(TypeKind::list, "flatten", t.list_of(texts)) == texts);
  CHECK_FALSE(result(TypeKind::list, "flatten", texts).valid());
  CHECK_FALSE(result(TypeKind::list, "join", t.list_of(texts), {is(TypeKind::string)}).valid());
  CHECK(result(TypeKind::cidr, "host", is(TypeKind::cidr), {is(TypeKind::integer)}) ==
        is(TypeKind::ip));
  CHECK_FALSE(result(TypeKind::cidr, "host", is(TypeKind::cidr), {is(TypeKind::string)}).valid());
  CHECK(find_builtin(TypeKind::absent, "json")->takes_tree);  // so the checker refuses secrets
  CHECK(result(TypeKind::list, "group-by", sizes, {texts}) ==
        t.map_of(sizes, is(TypeKind::string)));
  CHECK_FALSE(result(TypeKind::list, "group-by", sizes, {sizes}).valid());
  CHECK_FALSE(result(TypeKind::list, "any", texts).valid());
  CHECK(result(TypeKind::list, "sorted-by", texts, {sizes}) == texts);
  CHECK(result(TypeKind::map, "keys", t.map_of(is(TypeKind::integer), is(TypeKind::string))) ==
        texts);
}

TEST_CASE("the table of builtins is whole") {
  std::set<std::pair<TypeKind, std::string_view>> seen;
  for (const Builtin& builtin : all_builtins()) {
    CAPTURE(builtin.name);
    CHECK(seen.emplace(builtin.receiver, builtin.name).second);
    CHECK(find_builtin(builtin.receiver, builtin.name) == &builtin);
    CHECK(builtin.is_property == (builtin.max_args == 0));
    CHECK(builtin.min_args <= builtin.max_args);
    CHECK(builtin.result != nullptr);
    CHECK(builtin.apply != nullptr);
    CHECK(builtin.signature.starts_with(builtin.name));
    CHECK(builtin.doc.ends_with("."));
  }
  CHECK(find_builtin(TypeKind::string, "nothing") == nullptr);
}

}  // namespace
}  // namespace hlab::values
