#include <catch2/catch.hpp>

#include "tests/unit/syntax_fixture.h"

namespace hlab::test {

TEST_CASE("entries of a lab become a tree", "[syntax]") {
  CHECK(tree_of("edition 2026\n\n## One.\n## Two.\nlab home {\n  domain = \"home.example\"\n}\n") ==
        "edition 2026\n"
        "instance lab home ## \"One.\\nTwo.\"\n"
        "  set domain \"home.example\"\n");
  CHECK(tree_of(
            "planned service a: std.b\nnode \"n-${i}\" {}\nfile \"x.txt\" { content = \"\" }\n") ==
        "planned instance service a of std.b\n"
        "instance node (text \"n-\" i)\n"
        "instance file \"x.txt\"\n"
        "  set content \"\"\n");
  CHECK(tree_of("default volume { keep = backup(nightly) }\nallow HL4417 \"only at night\"\n") ==
        "defaults volume\n"
        "  set keep (call backup nightly)\n"
        "allow HL4417 \"only at night\"\n");
  CHECK(tree_of("fn url(host: Hostname, n: Int = 1,) -> Url = \"https://${host}\"\n") ==
        "fn url(host: Hostname, n: Int = 1) -> Url = (text \"https://\" host)\n");
}

TEST_CASE("kinds declare fields, checks and defaults", "[syntax]") {
  CHECK(tree_of("kind b is a.c {\n"
                "  ## Where.\n"
                "  mtu: Int(576..9216) = 1500\n"
                "  final port: Port\n"
                "  check in-range: .gateway in .cidr, \"${.gateway} is outside\" at gateway.\"x\"\n"
                "  mount.\"/music\" { read-only = true }\n"
                "  tags += [x]\n"
                "  unset port.http\n"
                "}\n") ==
        "kind b is a.c\n"
        "  field mtu: Int(576..9216) = 1500 ## \"Where.\"\n"
        "  final field port: Port\n"
        "  check in-range (in .gateway .cidr) (text .gateway \" is outside\") at gateway.\"x\"\n"
        "  block mount.\"/music\"\n"
        "    set read-only true\n"
        "  append tags (list x)\n"
        "  unset port.http\n");
}

TEST_CASE("several entries may stand on one line", "[syntax]") {
  CHECK(
      tree_of("disk system { kind = ssd  size = 1TB  check .size > 1GB, \"small\"  unset x }\n") ==
      "instance disk system\n"
      "  set kind ssd\n"
      "  set size 1000000000000B\n"
      "  check - (> .size 1000000000B) \"small\"\n"
      "  unset x\n");
  CHECK(tree_of("kind k { a: Int  check .a > 1, \"m\"  b: Ip? = x }\n") ==
        "kind k\n"
        "  field a: Int\n"
        "  check - (> .a 1) \"m\"\n"
        "  field b: (optional Ip) = x\n");
}

TEST_CASE("loops and branches take a block", "[syntax]") {
  CHECK(tree_of("for i in 1..2 where i is x as all-of-them {\n  node \"n\" {}\n}\n"
                "if a { x = 1 }\nelse if b { x = 2 } else { x = 3 }\n") ==
        "loop i (.. 1 2) where (is i x) as all-of-them\n"
        "  instance node \"n\"\n"
        "branch(else-if) a\n"
        "  set x 1\n"
        "else\n"
        "  branch b\n"
        "    set x 2\n"
        "  else\n"
        "    set x 3\n");
}

TEST_CASE("keywords are names where a field can only be meant", "[syntax]") {
  CHECK(
      tree_of(
          "a b {\n  kind = x\n  for = 1\n  in = 2\n  true = 3\n  if.x = 4\n  check { c = e.for }\n  policy: Int\n}\n") ==
      "instance a b\n"
      "  set kind x\n"
      "  set for 1\n"
      "  set in 2\n"
      "  set true 3\n"
      "  set if.x 4\n"
      "  block check\n"
      "    set c e.for\n"
      "  field policy: Int\n");
}

TEST_CASE("operators bind as the language says", "[syntax]") {
  CHECK(value_of("1 + 2 * -3 - 4") == "(- (+ 1 (* 2 (- 3))) 4)");
  CHECK(value_of("not a in b and c or d ?? e") == "(?? (or (and (not (in a b)) c) d) e)");
  CHECK(value_of("a not in b..c + 1") == "(not in a (.. b (+ c 1)))");
  CHECK(value_of("x.y is backup(b) and has .z") == "(and (is x.y backup(b)) (has .z))");
  CHECK(value_of("if a then b else if c then d else e") == "(if a b (if c d e))");
  CHECK(value_of("none because \"own tokens\"") == "(because none \"own tokens\")");
  CHECK(value_of("(a + b) * c") == "(* (+ a b) c)");
  CHECK(value_of("a +\n  b") == "(+ a b)");
}

TEST_CASE("values of every form", "[syntax]") {
  CHECK(value_of("[1, ...x, \"${a}-b\",]") == "(list 1 (spread x) (text a \"-b\"))");
  CHECK(value_of("[e.f for e in all endpoint where has e.g]") ==
        "(each e.f for e (all endpoint) where (has e.g))");
  CHECK(value_of("db.database(\"v\", password = pw,)[\"k\"]") ==
        "(index (call db.database \"v\" password=pw) \"k\")");
  CHECK(value_of("std.hw.pi { memory = 8GiB  on = . }") ==
        "(refine std.hw.pi set memory 8589934592B; set on self;)");
  CHECK(value_of("{ ...a  \"b c\" = 1  \"${k}\" = 2 }") ==
        "(tree spread a; set \"b c\" 1; set (text k) 2;)");
  CHECK(value_of("only { a = 1 }") == "(only (tree set a 1;))");
  CHECK(value_of("match k { a => 1, b(c) => 2\n 3 => 4\n _ => 5 }") ==
        "(match k a=>1 b(c)=>2 3=>4 _=>5)");
  CHECK(value_of("\"a${ {b = 1}.b }c${\"d${e}\"}\"") ==
        "(text \"a\" (tree set b 1;).b \"c\" (text \"d\" e))");
}

TEST_CASE("domain literals are tokens", "[syntax]") {
  CHECK(value_of("192.168.1.1..192.168.1.9") == "(.. ip4:c0a80101 ip4:c0a80109)");
  CHECK(value_of("10.0.0.0/8") == "ip4:0a000000/8");
  CHECK(value_of("fd00::1/64") == "ip6:fd000000000000000000000000000001/64");
  CHECK(value_of("dc:a6:32:01:02:03") == "mac:dca632010203");
  CHECK(value_of("[1.5GiB, 250m, 5min, 0.5h, 65W, 2.5Gbps, 1_000, 1.5]") ==
        "(list 1610612736B 250m 300000ms 1800000ms 65000mW 2500000000bps 1000 1.5)");
}

TEST_CASE("texts over several lines lose their common indentation", "[syntax]") {
  CHECK(value_of("\"\"\"\n    one\n      two ${x}\n    \"\"\"") ==
        "(text \"one\\n  two \" x \"\\n\")");
  CHECK(value_of("\"\"\"\n  ${f(\"\"\"\n    k\n    \"\"\")}\n  \"\"\"") ==
        "(text (call f \"k\\n\") \"\\n\")");
  CHECK(value_of("\"tab\\t \\u{e9} \\$ \\\"\"") == "\"tab\t \xc3\xa9 $ \\\"\"");
}

TEST_CASE("types", "[syntax]") {
  CHECK(type_of("Map<&network, [T?]>") == "(map &network (list (optional T)))");
  CHECK(type_of("Ip | auto | backup(&backup)") == "(or Ip #auto #backup(&backup))");
  CHECK(type_of("amd64 | arm64?") == "(optional (or #amd64 #arm64))");
  CHECK(type_of("&storage at run = x") == "&storage@run = x");
  CHECK(type_of("[&service] by value") == "(list &service@value)");
  CHECK(type_of("secret String?") == "(optional (secret String))");
  CHECK(type_of("String(/a\\/b/)") == "String(/a\\/b/)");
  CHECK(type_of("Float(-0.5..1.5)") == "Float((- 0.5)..1.5)");
  CHECK(type_of("std.hw.pi") == "std.hw.pi");
}

TEST_CASE("spans are exact", "[syntax]") {
  const Parsed parsed("node a {\n  x.y = 1 + [2, b.c]  # why\n}\n");
  const auto& entries = parsed.ast.entries.raw();
  REQUIRE(entries.size() == 2);
  CHECK(parsed.sources.text(entries[0].span) == "x.y = 1 + [2, b.c]");
  CHECK(parsed.sources.text(entries[0].name_span) == "x.y");
  CHECK(parsed.sources.text(parsed.ast.exprs[entries[0].value].span) == "1 + [2, b.c]");
  CHECK(parsed.sources.text(entries[1].span) == "node a {\n  x.y = 1 + [2, b.c]  # why\n}");
  CHECK(parsed.sources.text(entries[1].name_span) == "a");
}

TEST_CASE("one value alone", "[syntax]") {
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  const auto value = syntax::parse_expression(sources, sources.add("eval", "a.b + 1\n"), symbols,
                                              ast, diags);
  REQUIRE(value.valid());
  CHECK(syntax::dump(ast, symbols, value) == "(+ a.b 1)");
  const auto bad = syntax::parse_expression(sources, sources.add("eval", "a +"), symbols, ast,
                                            diags);
  CHECK_FALSE(bad.valid());
  CHECK(diags.error_count() == 1);
}

}  // namespace hlab::test
