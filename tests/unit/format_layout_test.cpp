#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "compiler/syntax/format.h"
#include "tests/unit/syntax_fixture.h"

namespace hlab::test {
namespace {

using syntax::format;

std::vector<std::filesystem::path> all_sources() {
  std::vector<std::filesystem::path> found;
  const std::filesystem::path root(HLAB_SOURCE_DIR);
  for (const char* folder : {"stdlib", "examples", "bench", "tests"}) {
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& file : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (file.path().extension() == ".hlab") found.push_back(file.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("indentation, blanks and columns", "[format]") {
  CHECK(format("lab   home{\n domain=\"h.example\"\n\n\n\n   timezone =\"UTC\" # here\n}\n") ==
        "lab home {\n"
        "  domain = \"h.example\"\n"
        "\n"
        "  timezone = \"UTC\" # here\n"
        "}\n");
  CHECK(
      format(
          "a b {\n  x=1\n  long-name=-2   # two\n  y.z   =  3 # three\n  k {\n  }\n  q = 4\n}\n") ==
      "a b {\n"
      "  x         = 1\n"
      "  long-name = -2 # two\n"
      "  y.z       = 3  # three\n"
      "  k {}\n"
      "  q = 4\n"
      "}\n");
}

TEST_CASE("one line stays one line while it fits", "[format]") {
  CHECK(format("disk d{kind=ssd size=1TB}\n") == "disk d { kind = ssd  size = 1TB }\n");
  const std::string wide =
      "service grafana: std.grafana { sources = [prometheus, loki]  expose.web = public { host = \"grafana\" }"
      "  through = door }\n";
  CHECK(format(wide) ==
        "service grafana: std.grafana {\n"
        "  sources    = [prometheus, loki]\n"
        "  expose.web = public { host = \"grafana\" }\n"
        "  through    = door\n"
        "}\n");
}

TEST_CASE("what is too long for a line ends at `else`, `and` and `or`", "[format]") {
  const std::string choice =
      "fn words(n: Int) -> String = (if n == 1 then \"one of these that are there\" else if n == 2 then "
      "\"two of them\" else \"all that there are\")\n";
  const std::string laid =
      "fn words(n: Int) -> String = (\n"
      "  if n == 1 then \"one of these that are there\"\n"
      "    else if n == 2 then \"two of them\"\n"
      "    else \"all that there are\"\n"
      ")\n";
  CHECK(format(choice) == laid);
  CHECK(format(laid) == laid);
  const std::string condition =
      "kind k {\n  check a-long-name: (.first-of-the-fields == .second-of-the-fields or .third-of-the-fields > 3 "
      "and not .fourth-of-the-fields), \"no\"\n  all: Bool = .first-of-the-fields == .second-of-the-fields and "
      ".third-of-the-fields > .fourth-of-the-fields\n}\n";
  const std::string broken =
      "kind k {\n"
      "  check a-long-name: (\n"
      "    .first-of-the-fields == .second-of-the-fields\n"
      "      or .third-of-the-fields > 3 and not .fourth-of-the-fields\n"
      "  ), \"no\"\n"
      "  all: Bool = .first-of-the-fields == .second-of-the-fields and\n"
      "    .third-of-the-fields > .fourth-of-the-fields\n"
      "}\n";
  CHECK(format(condition) == broken);
  CHECK(format(broken) == broken);
}

TEST_CASE("lists break one element a line", "[format]") {
  CHECK(format("a = [ 1,2 , 3, ]\n") == "a = [1, 2, 3]\n");
  CHECK(format("recipients = [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", "
               "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]\n") ==
        "recipients = [\n"
        "  \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\n"
        "  \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\n"
        "]\n");
  CHECK(format("a = [\n1, # one\n# before two\n2 ]\n") ==
        "a = [\n"
        "  1, # one\n"
        "  # before two\n"
        "  2,\n"
        "]\n");
}

TEST_CASE("comments stay where they were", "[format]") {
  const std::string text =
      "# first\n"
      "\n"
      "## Doc.\n"
      "node a { # after the brace\n"
      "  # alone\n"
      "  x = 1 # at the end\n"
      "\n"
      "  # last\n"
      "}\n"
      "# end\n";
  CHECK(format(text) == text);
}

TEST_CASE("a comment inside a value keeps the lines of its entry", "[format]") {
  const std::string text = "a b {\n  c = 1 + # why\n    2\n  d = 3\n}\n";
  CHECK(format(text) == text);
}

TEST_CASE("what has a comment inside is laid out as usual, a step further in behind it",
          "[format]") {
  CHECK(format("kind   a { x:Int=1   + # c1\n 3 }\n") ==
        "kind a {\n  x: Int = 1 + # c1\n    3\n}\n");
  CHECK(format("kind   a   is # c2\n b {x:Int=1}\n") == "kind a is # c2\n  b { x: Int = 1 }\n");
  CHECK(format("kind k {\ncheck  .x>0 ,   # c\n\"msg\" at x }\n") ==
        "kind k {\n  check .x > 0, # c\n    \"msg\" at x\n}\n");
  CHECK(format("k a { if .x==1 { # c\nx=2\n} # d\n # e\nelse {\nx=3 } }\n") ==
        "k a {\n  if .x == 1 { # c\n    x = 2\n  } # d\n  # e\n  else {\n    x = 3\n  }\n}\n");
  CHECK(format("k a { l=[ 1, # one\n2 + # two\n# alone\n3 # three\n, 4\n# last\n] }\n") ==
        "k a {\n  l = [\n    1, # one\n    2 + # two\n      # alone\n      3, # three\n    4,\n"
        "    # last\n  ]\n}\n");
  CHECK(format("k a { n=match .v { x=>1, # one\n y=> # behind\n2 } }\n") ==
        "k a {\n  n = match .v {\n    x => 1 # one\n    y => # behind\n      2\n  }\n}\n");
  CHECK(format("fn f( a:Int, # first\n b:Int=3 # second\n )->Int=a+  # sum\n b\n") ==
        "fn f(\n  a: Int,    # first\n  b: Int = 3 # second\n) -> Int = a + # sum\n  b\n");
  CHECK(format("if a and # both\n b { k x {}\n }\n") ==
        "if a and # both\n  b {\n    k x {}\n  }\n");
}

TEST_CASE("texts over several lines move as a whole", "[format]") {
  const std::string text = "a b {\nc = \"\"\"\n one\n\n   two ${x}\n \"\"\"\n}\n";
  const std::string laid = format(text);
  CHECK(laid ==
        "a b {\n"
        "  c = \"\"\"\n"
        "    one\n"
        "\n"
        "      two ${x}\n"
        "    \"\"\"\n"
        "}\n");
  CHECK(tree_of(laid) == tree_of(text));
}

TEST_CASE("signs know their neighbours", "[format]") {
  CHECK(format("a = -b.c [1]( 2,k=3 )..4+- 5\n") == "a = -b.c[1](2, k = 3)..4 + -5\n");
  CHECK(format("kind k {\n a:Map< &n,[T ?] >?\n b:x|y ( &z )\n check r:.a in .b,\"m\" at c\n}\n") ==
        "kind k {\n"
        "  a: Map<&n, [T?]>?\n"
        "  b: x | y(&z)\n"
        "  check r: .a in .b, \"m\" at c\n"
        "}\n");
  CHECK(format("fn f(a:Int=1,b:T)->U=if a then [ ...b ] else not (c)\n") ==
        "fn f(a: Int = 1, b: T) -> U = if a then [...b] else not (c)\n");
  CHECK(format("a = match b {\nc=>1\nd(e) => 2\n}\n") ==
        "a = match b {\n  c => 1\n  d(e) => 2\n}\n");
}

TEST_CASE("arms of a long match have a line each, and no commas", "[format]") {
  const std::string arms =
      "amd64 => \"the first of them all\", arm64 => \"the second one\", armv7 => \"third\"";
  const std::string laid = format("a = match some-name.arch { " + arms + " }\n");
  CHECK(laid ==
        "a = match some-name.arch {\n"
        "  amd64 => \"the first of them all\"\n"
        "  arm64 => \"the second one\"\n"
        "  armv7 => \"third\"\n"
        "}\n");
  CHECK(format(laid) == laid);
  CHECK(format("a = match b { c => 1, d => 2 }\n") == "a = match b { c => 1, d => 2 }\n");
  CHECK(format("a = match b {\n  c(x) => f(x, 1), # why\n  d => 2,\n}\n") ==
        "a = match b {\n  c(x) => f(x, 1) # why\n  d => 2\n}\n");
}

TEST_CASE("long sums and conditions go on in the next line", "[format]") {
  CHECK(
      format("aa = \"a text that is rather long, for whoever reads it\" + b.c(1) + \"another one, "
             "for the others\" + some-name\n") ==
      "aa = \"a text that is rather long, for whoever reads it\" +\n"
      "  b.c(1) +\n"
      "  \"another one, for the others\" +\n"
      "  some-name\n");
  CHECK(format("address = .address.values().first ?? .ingress.address-for(.audience) ?? "
               ".machine-address(of = .node, more = 1)\n") ==
        "address = .address.values().first ??\n"
        "  .ingress.address-for(.audience) ??\n"
        "  .machine-address(of = .node, more = 1)\n");
  CHECK(format("a-name = if something is helm(h) then h.chart.name-of-the-chart else "
               "something.name-of-the-service-itself\n") ==
        "a-name = if something is helm(h) then\n"
        "  h.chart.name-of-the-chart else something.name-of-the-service-itself\n");
}

TEST_CASE("ends of types, and loops that count", "[format]") {
  CHECK(
      format(
          "kind k {\n l: [ Int ] ( 1 .. )\n s: String( /a/ , 1 .. 3 )\n m: Map<Int> (..3)\n}\n") ==
      "kind k {\n  l: [Int](1..)\n  s: String(/a/, 1..3)\n  m: Map<Int>(..3)\n}\n");
  CHECK(format("for i,x in [1,2] as g { k \"${x}\" {} }\n") ==
        "for i, x in [1, 2] as g { k \"${x}\" {} }\n");
  CHECK(format("a = [i for i ,x in [1]   where i>0]\n") == "a = [i for i, x in [1] where i > 0]\n");
}

TEST_CASE("what does not parse keeps its words", "[format]") {
  CHECK(format("a b {\nc = = 1\n    d   =  2\n}\n") == "a b {\n  c = = 1\n  d   =  2\n}\n");
}

TEST_CASE("every source of the project is laid out once and for all", "[format]") {
  for (const auto& path : all_sources()) {
    INFO(path);
    const std::string text = read(path);
    const std::string once = format(text);
    if (!mistakes_of(text).empty()) continue;  // a case of such a mistake
    CHECK(format(once) == once);
    CHECK(tree_of(once) == tree_of(text));
  }
}

}  // namespace hlab::test
