#include <catch2/catch.hpp>

#include "tests/unit/syntax_fixture.h"

namespace hlab::test {

TEST_CASE("one mistake is one message, and its neighbours are read", "[syntax]") {
  const Parsed parsed("a x {\n  b =\n  c = 1\n  d = = 2\n  e = 3\n}\nf y { g = 4 }\n");
  CHECK(parsed.mistakes() ==
        "2:6 HL1011 expected a value, and the end of the line stands here\n"
        "4:7 HL1011 expected a value, and `=` stands here\n");
  CHECK(parsed.dump() ==
        "instance a x\n"
        "  set c 1\n"
        "  set e 3\n"
        "instance f y\n"
        "  set g 4\n");
}

TEST_CASE("a declaration after one that does not end is read", "[syntax]") {
  const Parsed parsed("a x {\n  b = [1, 2\n}\nc y {\n  d = 1\n}\n");
  CHECK(parsed.mistakes() == "3:1 HL1011 expected `]`, and `}` stands here\n");
  CHECK(parsed.dump() == "instance a x\ninstance c y\n  set d 1\n");
}

TEST_CASE("brackets that nobody closes or opens", "[syntax]") {
  CHECK(mistakes_of("a x {\n  b = 1\n") == "1:5 HL1013 `{` is never closed\n");
  CHECK(mistakes_of("}\na x {}\n") == "1:1 HL1012 `}` begins no entry\n");
  CHECK(mistakes_of("a x { b = (1 }\n") == "1:14 HL1011 expected `)`, and `}` stands here\n");
}

TEST_CASE("what is expected where a text ends within brackets is said with the bracket",
          "[syntax]") {
  for (const auto& [text, said] :
       {std::pair{"a x {\n  b =", "the file ends here, where a value is expected"},
        std::pair{"a x {\n  b = c.\n\n", "the file ends here, where a name behind `.` is expected"},
        std::pair{"a x {\n  b = 1 # one\n", "the file ends here"}}) {
    const Parsed parsed(text);
    CHECK(parsed.mistakes() == "1:5 HL1013 `{` is never closed\n");
    const auto found = parsed.diags.sorted();
    REQUIRE(found.at(0)->labels.size() == 1);
    CHECK(found[0]->labels[0].message == said);
  }
}

TEST_CASE("signs of other languages", "[syntax]") {
  CHECK(mistakes_of("a x { b = 'abc' }\n") == "1:11 HL1003 `'abc'` means nothing here\n");
  CHECK(mistakes_of("a x {\n  b = 1;\n  c = 2\n}\n") == "2:8 HL1003 `;` means nothing here\n");
  CHECK(mistakes_of("a x { b = c && d }\n") == "1:13 HL1003 `&&` means nothing here\n");
  CHECK(mistakes_of("a x {\n  b = 1,\n  c = 2\n}\n") == "2:8 HL1012 `,` begins no entry\n");
}

TEST_CASE("numbers, units and addresses that cannot be", "[syntax]") {
  CHECK(mistakes_of("a = 0644\n") ==
        "1:5 HL1006 numbers have no leading zero; a mode or code is a text: write it in quotes\n");
  CHECK(mistakes_of("a = 256.1.1.1\n") ==
        "1:5 HL1006 `256` is no part of an IPv4 address: the parts go to 255\n");
  CHECK(mistakes_of("a = 10.0.0.0/33\n") ==
        "1:5 HL1006 the length of an IPv4 network goes from 0 to 32\n");
  CHECK(mistakes_of("a = fe80::1::2\n") == "1:5 HL1006 `fe80::1::2` is no IPv6 address\n");
  CHECK(mistakes_of("a = 4Gi\n") == "1:6 HL1007 `Gi` is no unit\n");
  CHECK(mistakes_of("a = 0.3B\n") ==
        "1:5 HL1006 this is not a whole number of the smallest unit\n");
  CHECK(mistakes_of("a = 9223372036854775808\n") ==
        "1:5 HL1006 this number is past the limit of 64 bits\n");
  CHECK(mistakes_of("a = 1.2.3\n") == "1:5 HL1019 `1.2.3` is a text, and has no quotes\n");
}

TEST_CASE("texts that do not end where they should", "[syntax]") {
  const Parsed parsed("a x {\n  b = \"abc\n  c = \"x${d\n  e = 1\n}\n");
  CHECK(parsed.mistakes() ==
        "2:7 HL1004 this string does not end\n3:9 HL1004 this string does not end\n");
  CHECK(parsed.dump() == "instance a x\n  set b \"abc\"\n  set e 1\n");
  CHECK(mistakes_of("a = \"C:\\Users\"\n") == "1:8 HL1005 `\\U` is no escape\n");
  CHECK(mistakes_of("a = \"\"\"\n  b\n") == "1:5 HL1004 this string does not end\n");
  // What it swallowed, and what then stands alone, is not told as well.
  CHECK(mistakes_of("a \"b {\n  c = 1\n}\n") == "1:3 HL1004 this string does not end\n");
  CHECK(mistakes_of("a \"b\" \"c\nd = 1\n") == "1:7 HL1004 this string does not end\n");
}

TEST_CASE("bytes and characters that mislead", "[syntax]") {
  CHECK(mistakes_of("a = \"\xff\"\n") == "1:6 HL1001 this is not UTF-8 text\n");
  CHECK(mistakes_of("a = \"b\xe2\x80\xae\" # \xe2\x80\xae\n") ==
        "1:7 HL1002 a control character (U+202E) stands here\n"
        "1:12 HL1002 a control character (U+202E) stands here\n");
  CHECK(mistakes_of("a = 1\rb = 2\n") == "1:6 HL1002 a control character (U+000D) stands here\n");
  CHECK(mistakes_of(std::string_view("a = 1 \0\n", 8)) ==
        "1:7 HL1002 a control character (U+0000) stands here\n");
  CHECK(mistakes_of("\xef\xbb\xbf"
                    "a = 1\r\nb = 2\r\n")
            .empty());
}

TEST_CASE("limits end what goes too far", "[syntax]") {
  const auto repeat = [](std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  const auto code_of = [](const std::string& text) {
    const Parsed parsed(text);
    REQUIRE(parsed.diags.size() != 0);
    return std::string(parsed.diags.sorted().front()->info->code);
  };
  constexpr int kMany = 100'000;
  for (const std::string_view open : {"(", "[", "{ c = ", "\"${"}) {
    CHECK(code_of("v = " + repeat(open, kMany)) == "HL1008");
  }
  CHECK(code_of(repeat("for x in y { ", kMany)) == "HL1008");
  for (const std::string_view link : {".b", "()", " + c", " ?? c", " {}", "[1]"}) {
    CHECK(code_of("v = a" + repeat(link, kMany) + "\n") == "HL1015");
  }
  for (const std::string_view link :
       {"not ", "- ", "if ", "if b then ", "if b then c else ", "match "}) {
    CHECK(code_of("v = " + repeat(link, kMany) + "a\n") == "HL1015");
  }
  CHECK(code_of("if a { b = 1 }" + repeat(" else if a { b = 1 }", kMany) + "\n") == "HL1015");
  CHECK(code_of("k: " + repeat("Map<", kMany) + "T\n") == "HL1015");

  // rule LIMIT-4
  const Parsed mistakes("a x {\n" + repeat("  b = = 1\n", kMany) + "}\n");
  CHECK(mistakes.diags.sorted().size() < 1100);
  CHECK(mistakes.mistakes().find("HL1016") != std::string::npos);
}

TEST_CASE("tokens have a limit", "[syntax]") {
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  syntax::ParseLimits limits;
  limits.max_tokens = 10;
  syntax::parse(sources, sources.add("a", "a = [1, 2, 3, 4, 5, 6]\n"), symbols, ast, diags, limits);
  const auto all = diags.sorted();
  REQUIRE(all.size() == 1);
  CHECK(all[0]->info->code == "HL1010");
}

}  // namespace hlab::test
