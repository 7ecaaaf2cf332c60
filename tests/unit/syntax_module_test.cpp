// Modules, sites, tests, and what a kind was once called; their words stay names elsewhere.
#include <catch2/catch.hpp>

#include "compiler/syntax/format.h"
#include "tests/unit/syntax_fixture.h"

namespace hlab::test {

TEST_CASE("imports name a folder or a package", "[syntax]") {
  CHECK(tree_of("import ./office\n"
                "import ./office-2/lan as o # why\n"
                "import \"./with space\" as x\n"
                "import media\n"
                "import media as m  import std\n") ==
        "import ./office\n"
        "import ./office-2/lan as o\n"
        "import \"./with space\" as x\n"
        "import media\n"
        "import media as m\n"
        "import std\n");
  CHECK(mistakes_of("import ./a as\nb c {}\n") ==
        "1:14 HL1011 expected a name, and the end of the line stands here\n");
}

TEST_CASE("what a module keeps to itself", "[syntax]") {
  CHECK(tree_of("private kind a is b {}\n"
                "private record r { x: Int }\n"
                "private fn f(a: Int) = a\n"
                "private rule r { code = \"HL4999\" }\n"
                "private planned service s: std.s\n"
                "private file \"a b\" {}\n") ==
        "private kind a is b\n"
        "private record r\n"
        "  field x: Int\n"
        "private fn f(a: Int) = a\n"
        "private instance rule r\n"
        "  set code \"HL4999\"\n"
        "private planned instance service s of std.s\n"
        "private instance file \"a b\"\n");
}

TEST_CASE("sites and tests change a lab", "[syntax]") {
  CHECK(tree_of("site cabin of home {\n"
                "  without node pi5  without file \"a b\"\n"
                "  override service.jellyfin.replicas 2 -> 1 because \"no GPU\"\n"
                "  override lab.domain any -> \"x.org\"\n"
                "  override a.\"b c\".d [1] -> [2]  override a.b -1 -> -2\n"
                "  override a.b .c -> .d\n"
                "  override a.b { c = 1 } -> only {}\n"
                "  node x { memory = 1GiB }\n"
                "}\n"
                "test \"says what\" {\n"
                "  without node pi5\n"
                "  expect not has service.x.node, \"it went\"\n"
                "  expect HL4102\n"
                "  expect (a == 1)\n"
                "}\n") ==
        "site cabin of home\n"
        "  without node pi5\n"
        "  without file \"a b\"\n"
        "  override service.jellyfin.replicas 2 -> (because 1 \"no GPU\")\n"
        "  override lab.domain any -> \"x.org\"\n"
        "  override a.\"b c\".d (list 1) -> (list 2)\n"
        "  override a.b (- 1) -> (- 2)\n"
        "  override a.b .c -> .d\n"
        "  override a.b (tree set c 1;) -> (only (tree))\n"
        "  instance node x\n"
        "    set memory 1073741824B\n"
        "test \"says what\"\n"
        "  without node pi5\n"
        "  expect (not (has service.x.node)), \"it went\"\n"
        "  expect HL4102\n"
        "  expect (== a 1)\n");
}

TEST_CASE("names that move, members that make instances", "[syntax]") {
  CHECK(tree_of("service b: std.b {\n  moved from a\n  moved from \"a b\"  x = 1\n}\n"
                "kind k {\n"
                "  offers database(name: String = \"a\"): db.database { owner = . }\n"
                "  offers user(): user\n"
                "  deprecated web-port -> port \"one word\"\n"
                "  deprecated old -> new\n"
                "  deprecated size: Int? = 1 \"nobody used it\"\n"
                "  deprecated name: String = \"a\" \"gone\"  x: Int\n"
                "}\n") ==
        "instance service b of std.b\n"
        "  moved from a\n"
        "  moved from \"a b\"\n"
        "  set x 1\n"
        "kind k\n"
        "  offers database(name: String = \"a\") of db.database\n"
        "    set owner self\n"
        "  offers user() of user\n"
        "  renamed web-port -> port because \"one word\"\n"
        "  renamed old -> new\n"
        "  deprecated field size: (optional Int) = 1 because \"nobody used it\"\n"
        "  deprecated field name: String = \"a\" because \"gone\"\n"
        "  field x: Int\n");
}

TEST_CASE("paths through the lab are asserted", "[syntax]") {
  CHECK(
      tree_of(
          "assert path internet -> service.web\n"
          "policy p { assert no path network.guest -> pi5 because \"guests\"  check a, \"b\" }\n") ==
      "assert path internet -> service.web\n"
      "policy p\n"
      "  assert no path network.guest -> pi5 because \"guests\"\n"
      "  check - a \"b\"\n");
}

TEST_CASE("the new words stay names", "[syntax]") {
  for (const char* word :
       {"import", "private", "site", "without", "override", "test", "expect", "moved", "offers",
        "deprecated", "assert", "of", "from", "no", "path", "any"}) {
    const std::string w(word);
    CHECK(tree_of(w + " = 1\n") == "set " + w + " 1\n");
    CHECK(tree_of(w + " += [1]\n") == "append " + w + " (list 1)\n");
    CHECK(tree_of(w + ": String\n") == "field " + w + ": String\n");
    CHECK(tree_of(w + ".x = " + w + "\n") == "set " + w + ".x " + w + "\n");
    CHECK(tree_of(w + " { }\n") == "block " + w + "\n");
    CHECK(tree_of("node " + w + " {}\n") == "instance node " + w + "\n");
    CHECK(tree_of(w + " x {}\n") == "instance " + w + " x\n");
    CHECK(tree_of("a { b = 1  " + w + " = 2 }\n") == "block a\n  set b 1\n  set " + w + " 2\n");
    CHECK(value_of("[" + w + ", x." + w + "]") == "(list " + w + " x." + w + ")");
  }
  for (const char* word :
       {"private", "site", "without", "import", "override", "offers", "moved", "assert"}) {
    const std::string w(word);
    CHECK(tree_of(w + " x: y.z {}\n") == "instance " + w + " x of y.z\n");
  }
}

TEST_CASE("the new entries are laid out", "[format]") {
  CHECK(
      syntax::format("import   ./a   as  b\nsite  a  of b{without node   c\n"
                     "override a.b -1->- 2\noverride a.b [1]->[2]\n override a.b { x=1 }->any\n}\n"
                     "kind k {\n offers  f( a:Int ):b.c{}\n deprecated a->b  \"c\"\n}\n"
                     "assert  no path  a.b->c\n") ==
      "import ./a as b\n"
      "site a of b {\n"
      "  without node c\n"
      "  override a.b -1 -> -2\n"
      "  override a.b [1] -> [2]\n"
      "  override a.b { x = 1 } -> any\n"
      "}\n"
      "kind k {\n"
      "  offers f(a: Int): b.c {}\n"
      "  deprecated a -> b \"c\"\n"
      "}\n"
      "assert no path a.b -> c\n");
}

}  // namespace hlab::test
