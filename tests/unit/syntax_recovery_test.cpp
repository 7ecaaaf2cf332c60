// Where brackets are missing: one message at the bracket, and all that was whole is kept.
#include <catch2/catch.hpp>

#include "tests/unit/syntax_fixture.h"

namespace hlab::test {
namespace {

/// The mistakes, then the tree.
std::string both(std::string_view text) {
  const Parsed parsed(text);
  return parsed.mistakes() + parsed.dump();
}

}  // namespace

TEST_CASE("a missing `}` is told at its `{`, and later declarations are read", "[syntax]") {
  CHECK(both("a x {\n  b = 1\n\n## Doc.\nc y {\n  d = 2\n}\ne z {}\n") ==
        "1:5 HL1013 `{` is never closed\n"
        "instance a x\n  set b 1\n"
        "instance c y ## \"Doc.\"\n  set d 2\n"
        "instance e z\n");
  CHECK(both("a x {\n  disk d {\n    b = 1\n}\nc y {}\n") ==
        "2:10 HL1013 `{` is never closed\n"
        "instance a x\n  instance disk d\n    set b 1\n"
        "instance c y\n");
  CHECK(both("for i in 1..2 {\n  a x {\n    b = 1\n  c y {\n    d = 2\n  }\n}\ne z {}\n") ==
        "2:7 HL1013 `{` is never closed\n"
        "loop i (.. 1 2)\n  instance a x\n    set b 1\n  instance c y\n    set d 2\n"
        "instance e z\n");
  CHECK(both("a x {\n  b = 1\n  c {\n    d = 2\n") ==
        "3:5 HL1013 `{` is never closed\n"
        "instance a x\n  set b 1\n  block c\n    set d 2\n");
  CHECK(both("a x { b = 1\nkind y { n: Int }\nedition 2026\n") ==
        "1:5 HL1013 `{` is never closed\n"
        "instance a x\n  set b 1\nkind y\n  field n: Int\nedition 2026\n");
}

TEST_CASE("a sound text may be indented as it likes", "[syntax]") {
  const std::string tree = "instance a x\n  set b 1\n  instance disk d\n    set c 2\n  set e 3\n";
  CHECK(both("a x {\nb = 1\ndisk d {\nc = 2\n}\ne = 3\n}\n") == tree);
  CHECK(both("      a x {\n    b = 1\n  disk d {\nc = 2\n      }\n  e = 3\n         }\n") == tree);
  CHECK(both("a x {\ndisk d {}\n}\nb y {\ndisk e {\n}\n}\n") ==
        "instance a x\n  instance disk d\ninstance b y\n  instance disk e\n");
}

TEST_CASE("a missing `]` or `)` does not take the next entry", "[syntax]") {
  CHECK(both("a x {\n  b = [1, 2\n  c = 3\n  d = [4]\n}\ne y {}\n") ==
        "2:7 HL1013 `[` is never closed\n"
        "instance a x\n  set b (list 1 2)\n  set c 3\n  set d (list 4)\ninstance e y\n");
  CHECK(both("a x {\n  b = f(1, g = 2\n  c = 3\n  disk d {}\n}\n") ==
        "2:8 HL1013 `(` is never closed\n"
        "instance a x\n  set b (call f 1 g=2)\n  set c 3\n  instance disk d\n");
  CHECK(both("a x {\n  b = [\n    1,\n    2,\n  c.d += [3]\n}\n") ==
        "2:7 HL1013 `[` is never closed\n"
        "instance a x\n  set b (list 1 2)\n  append c.d (list 3)\n");
  CHECK(both("fn f() -> [Int = [1]\nfor i in f() { a x {} }\n") ==
        "1:16 HL1011 expected `]`, and `=` stands here\n"
        "loop i (call f)\n  instance a x\n");
  // Named arguments on lines of their own are no entries.
  CHECK(both("b = f(\n  g = 1,\n  h = 2\n)\n") == "set b (call f g=1 h=2)\n");
}

TEST_CASE("a value that was forgotten does not take the next line's name", "[syntax]") {
  for (const char* sign : {"+", "==", "and", "not", "in", "??", "..", "-"}) {
    const std::string text = "a x {\n  b = c " + std::string(sign) + "\n  d = 1\n}\n";
    const Parsed parsed(text);
    INFO(text);
    CHECK(parsed.diags.size() == 1);
    CHECK(parsed.dump() == "instance a x\n  set d 1\n");
  }
  CHECK(both("a x {\n  b +=\n  c += [1]\n}\n") ==
        "2:7 HL1011 expected a value, and the end of the line stands here\n"
        "instance a x\n  append c (list 1)\n");
  CHECK(both("kind k {\n  a: Int |\n  b: Int\n}\n") ==
        "2:11 HL1011 expected a type, and the end of the line stands here\n"
        "kind k\n  field b: Int\n");
  CHECK(both("a = b +\nnode x {}\n") ==
        "1:8 HL1011 expected a value, and the end of the line stands here\n"
        "instance node x\n");
  CHECK(both("a x {\n  b = 1,\n  c = 2\n}\n") ==
        "2:8 HL1012 `,` begins no entry\n"
        "instance a x\n  set b 1\n  set c 2\n");
  CHECK(both("a = match b {\n  c =>\n  d(e) => 1\n}\nf = 1\n") ==
        "2:7 HL1011 expected a value, and the end of the line stands here\nset f 1\n");
  CHECK(both("a = b +\n  c\nd = e ==\n  f.g\n") == "set a (+ b c)\nset d (== e f.g)\n");
  CHECK(both("check a,\n  \"m\" at b\n") == "check - a \"m\" at b\n");
}

TEST_CASE("comparisons and ranges do not chain", "[syntax]") {
  CHECK(mistakes_of("a = b < c < d\n") == "1:11 HL1014 comparisons do not chain\n");
  CHECK(mistakes_of("a = b is c == d\n") == "1:12 HL1014 comparisons do not chain\n");
  CHECK(mistakes_of("a = b == c is d\n") == "1:15 HL1014 comparisons do not chain\n");
  CHECK(mistakes_of("a = b is c is d\n") == "1:15 HL1014 comparisons do not chain\n");
  CHECK(mistakes_of("a = b in c in d\n") == "1:12 HL1014 comparisons do not chain\n");
  CHECK(mistakes_of("a = 1..2..3\n") == "1:9 HL1017 ranges do not chain\n");
  CHECK(value_of("(b is c) == (d is e)") == "(== (is b c) (is d e))");
  CHECK(value_of("b < c and d < e or f is g") == "(or (and (< b c) (< d e)) (is f g))");
  CHECK(value_of("[b < c, 1..2, d is e, f == g]") == "(list (< b c) (.. 1 2) (is d e) (== f g))");
}

TEST_CASE("a condition or a match may be an operand", "[syntax]") {
  CHECK(value_of("1 + if c then a else b") == "(+ 1 (if c a b))");
  CHECK(value_of("1 + if c then a else b * 2 ?? d") == "(+ 1 (if c a (?? (* b 2) d)))");
  CHECK(value_of("not if c then a else b") == "(not (if c a b))");
  CHECK(value_of("(if c then a else b) + 1") == "(+ (if c a b) 1)");
  CHECK(value_of("if a then if b then 1 else 2 else 3") == "(if a (if b 1 2) 3)");
  CHECK(value_of("if a then b else c because \"d\"") == "(if a b (because c \"d\"))");
  CHECK(value_of("(if a then b else c) because \"d\"") == "(because (if a b c) \"d\")");
  CHECK(value_of("1 + match a { -1 => 2, 3GiB => 4\n -5m => 6 }") ==
        "(+ 1 (match a (- 1)=>2 3221225472B=>4 (- 5m)=>6))");
  CHECK(mistakes_of("a = match b { c => 1  d => 2 }\n").find("HL1011") != std::string::npos);
}

TEST_CASE("an address cut short is one mistake", "[syntax]") {
  CHECK(mistakes_of("a = 00:11:22:33:44\n") ==
        "1:5 HL1006 `00:11:22:33:44` is neither a MAC nor an IPv6 address\n");
  CHECK(mistakes_of("a = aa:bb:cc:dd:ee:fx\n") ==
        "1:5 HL1006 `aa:bb:cc:dd:ee:fx` is neither a MAC nor an IPv6 address\n");
}

}  // namespace hlab::test
