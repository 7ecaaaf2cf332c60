// Sizes and numbers at and past what fits: a right result or a clear message.
#include <catch2/catch.hpp>

#include "compiler/syntax/format.h"
#include "tests/unit/syntax_fixture.h"

namespace hlab::test {

TEST_CASE("names may be long, and declarations many", "[syntax]") {
  const std::string name(10 * 1024, 'n');
  const Parsed long_name("node " + name + " { " + name + " = " + name + " }\n");
  CHECK(long_name.diags.size() == 0);
  CHECK(long_name.dump() == "instance node " + name + "\n  set " + name + " " + name + "\n");
  CHECK(syntax::format("node " + name + "{}\n") == "node " + name + " {}\n");

  constexpr std::uint32_t kMany = 100'000;
  std::string many;
  for (std::uint32_t i = 0; i < kMany; ++i) many += fmt::format("node n{} {{}}\n", i);
  const Parsed parsed(many);
  CHECK(parsed.diags.size() == 0);
  CHECK(parsed.ast.files.back().body.count == kMany);
  // One that is never closed, before all the others, costs one message and nothing else.
  const Parsed torn("lab x {\n  a = 1\n" + many);
  CHECK(torn.mistakes() == "1:7 HL1013 `{` is never closed\n");
  CHECK(torn.ast.files.back().body.count == kMany + 1);
}

TEST_CASE("numbers at and past their limits", "[syntax]") {
  CHECK(value_of("9223372036854775807") == "9223372036854775807");
  CHECK(mistakes_of("v = 9223372036854775808\n") ==
        "1:5 HL1006 this number is past the limit of 64 bits\n");
  CHECK(value_of("9223372036854775807B") == "9223372036854775807B");
  CHECK(mistakes_of("v = 8388608TiB\n") == "1:5 HL1006 this number is past the limit of 64 bits\n");
  CHECK(value_of("8388607TiB") == "9223370937343148032B");
  CHECK(mistakes_of("v = 106751991168d\n") ==
        "1:5 HL1006 this number is past the limit of 64 bits\n");
  const std::string digits(400, '9');
  CHECK(mistakes_of("v = " + digits + "\n") ==
        "1:5 HL1006 this number is past the limit of 64 bits\n");
  CHECK(mistakes_of("v = " + digits + ".5\n") ==
        "1:5 HL1006 this number is past the limit of a Float\n");
  CHECK(value_of("0." + std::string(400, '0') + "1") == "0");
  CHECK(mistakes_of("v = 0.00000000000000000001GiB\n") ==
        "1:5 HL1006 this is not a whole number of the smallest unit\n");
  CHECK(value_of("255.255.255.255/32") == "ip4:ffffffff/32");
  CHECK(mistakes_of("v = 1.1.1.1.1\n") ==
        "1:5 HL1006 `1.1.1.1.1` is neither a number nor an address\n");
}

TEST_CASE("each control character in a text or comment is told where it stands", "[syntax]") {
  for (int c = 0; c < 0x20; ++c) {
    if (c == '\t' || c == '\n') continue;
    const std::string sign(1, static_cast<char>(c));
    INFO(c);
    CHECK(mistakes_of("v = \"a" + sign + "b\"\n") ==
          fmt::format("1:7 HL1002 a control character (U+{:04X}) stands here\n", c));
    CHECK(mistakes_of("v = 1 # a" + sign + "b\n") ==
          fmt::format("1:10 HL1002 a control character (U+{:04X}) stands here\n", c));
    CHECK(tree_of(fmt::format("v = \"a\\u{{{:X}}}b\"\n", c)) == "set v \"a" + sign + "b\"\n");
  }
  CHECK(mistakes_of("v = \"a\x7f\"\n") == "1:7 HL1002 a control character (U+007F) stands here\n");
  CHECK(mistakes_of("v = \"\\u{110000}\"\n").find("HL1005") != std::string::npos);
  CHECK(mistakes_of("v = \"\\u{D800}\"\n").find("HL1005") != std::string::npos);
}

TEST_CASE("reserved words are names of fields, and as other names they are told once", "[syntax]") {
  for (const char* word : {"true", "false", "if", "then", "else", "match", "for", "in", "is", "and",
                           "or", "not", "where", "has", "all", "only", "because", "unset"}) {
    const std::string w(word);
    INFO(w);
    CHECK(tree_of("a { " + w + " = 1 }\n") == "block a\n  set " + w + " 1\n");
    CHECK(tree_of("a { b = c." + w + " }\n") == "block a\n  set b c." + w + "\n");
    CHECK(tree_of("kind k { " + w + ": Int }\n") == "kind k\n  field " + w + ": Int\n");
    const Parsed parsed("node " + w + " { x = 1 }\nb c {}\n");
    CHECK(parsed.diags.size() <= 1);
    CHECK(parsed.dump().find("instance b c") != std::string::npos);
  }
}

}  // namespace hlab::test
