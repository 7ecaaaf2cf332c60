#include "compiler/diag/render_text.h"

#include <catch2/catch.hpp>

#include "compiler/diag/display_text.h"

using namespace hlab;
using namespace hlab::diag;

namespace {

const Diag<std::string_view> kTaken{
    {"HL4102", "address-taken", Severity::error, "two nodes hold one address", "", "", ""},
    "two nodes hold the address {}"};
const Diag<> kOdd{{"HL0001", "odd", Severity::warning, "odd", "", "", ""}, "this is odd"};

Span span_of(const SourceMap& sources, FileId file, std::string_view text) {
  const auto at = static_cast<std::uint32_t>(sources.text(file).find(text));
  return {file, at, at + static_cast<std::uint32_t>(text.size())};
}

}  // namespace

TEST_CASE("a diagnostic with places in two files and a fix") {
  SourceMap sources;
  const FileId lab = sources.add("lab.hlab", std::string(37, '\n') + "  address.lan = 10.0.0.11\n");
  const FileId other = sources.add("nodes/b.hlab", "\n\n  address.lan = 10.0.0.11\n");
  const Span here = span_of(sources, lab, "10.0.0.11");
  Diagnostics diags;
  diags.report(kTaken, here, std::string_view("10.0.0.11"))
      .here("`b1` takes it here")
      .label(span_of(sources, other, "10.0.0.11"), "`b` took it first")
      .help("the next free address is 10.0.0.13")
      .fix("write 10.0.0.13", {{here, "10.0.0.13"}});
  CHECK(render_text(sources, diags) ==
        "error[HL4102]: two nodes hold the address 10.0.0.11\n"
        "   --> lab.hlab:38:17\n"
        "    |\n"
        " 38 |   address.lan = 10.0.0.11\n"
        "    |                 ^^^^^^^^^ `b1` takes it here\n"
        "    |\n"
        "   --> nodes/b.hlab:3:17\n"
        "    |\n"
        "  3 |   address.lan = 10.0.0.11\n"
        "    |                 --------- `b` took it first\n"
        "    |\n"
        " help: the next free address is 10.0.0.13\n"
        "    |\n"
        " 38 |   address.lan = 10.0.0.13\n"
        "    |                        ++\n"
        "\n");
}

TEST_CASE("labels in one file share a block, in line order") {
  SourceMap sources;
  const FileId file = sources.add("a.hlab", "one = 1\ntwo = 2\nthree = 3\nx\nx\nsix = 6\n");
  Diagnostics diags;
  diags.report(kOdd, span_of(sources, file, "three"))
      .label(span_of(sources, file, "one"), "first")
      .label(span_of(sources, file, "six"), "last")
      .label(span_of(sources, file, "= 3"), "its value");
  CHECK(render_text(sources, diags) ==
        "warning[HL0001]: this is odd\n"
        "  --> a.hlab:3:1\n"
        "   |\n"
        " 1 | one = 1\n"
        "   | --- first\n"
        " 2 | two = 2\n"
        " 3 | three = 3\n"
        "   | ^^^^^\n"
        "   |       --- its value\n"
        " ...\n"
        " 6 | six = 6\n"
        "   | --- last\n"
        "\n");
}

TEST_CASE("without a place there is only the message and what is said beside it") {
  SourceMap sources;
  Diagnostics diags;
  diags.report(kOdd, Span{}).note("first\nsecond").help("do it");
  CHECK(render_text(sources, diags) ==
        "warning[HL0001]: this is odd\n"
        " note: first\n"
        "       second\n"
        " help: do it\n"
        "\n");
}

TEST_CASE("a place at the end of the file gets one caret") {
  SourceMap sources;
  const FileId file = sources.add("a.hlab", "node x {");
  Diagnostics diags;
  diags.report(kOdd, Span{file, 8, 8}).here("missing `}`");
  CHECK(render_text(sources, diags) ==
        "warning[HL0001]: this is odd\n  --> a.hlab:1:9\n   |\n 1 | node x {\n"
        "   |         ^ missing `}`\n\n");
}

TEST_CASE("an inserted line is shown as new, one that loses text without marks") {
  SourceMap sources;
  const FileId file = sources.add("a.hlab", "a {\n  b = 1 2\n}\n");
  Diagnostics diags;
  diags.report(kOdd, span_of(sources, file, "b"))
      .fix("add `c`", {{{file, 4, 4}, "  c = 3\n"}})
      .fix("drop `2`", {{{file, 11, 13}, ""}});
  CHECK(render_text(sources, diags) ==
        "warning[HL0001]: this is odd\n  --> a.hlab:2:3\n   |\n 2 |   b = 1 2\n   |   ^\n   |\n"
        " help: add `c`\n   |\n 2 |   c = 3\n   | +++++++\n"
        " help: drop `2`\n   |\n 2 |   b = 1\n\n");
}

TEST_CASE("tabs, wide characters and combining marks keep the marks in place") {
  SourceMap sources;
  const FileId file = sources.add("a.hlab", "\tx = \"\xe4\xb8\xad\xe6\x96\x87 e\xcc\x81\" y\n");
  Diagnostics diags;
  diags.report(kOdd, span_of(sources, file, "y"));
  CHECK(render_text(sources, diags) ==
        "warning[HL0001]: this is odd\n  --> a.hlab:1:14\n   |\n"
        " 1 |     x = \"\xe4\xb8\xad\xe6\x96\x87 e\xcc\x81\" y\n"
        "   |                  ^\n\n");
}

TEST_CASE("nothing in source or message can steer the terminal") {
  SourceMap sources;
  const FileId file = sources.add("a\x1b[2J.hlab", "x = \"\x1b[31m\xe2\x80\xae\xff\" z\n");
  Diagnostics diags;
  diags.report(kTaken, span_of(sources, file, "z"), std::string_view("\x1b]0;t\x07\xe2\x81\xa6"));
  const std::string text = render_text(sources, diags);
  CHECK(text ==
        "error[HL4102]: two nodes hold the address \\u{1b}]0;t\\u{7}\\u{2066}\n"
        "  --> a\\u{1b}[2J.hlab:1:15\n   |\n"
        " 1 | x = \"\\u{1b}[31m\\u{202e}\\xff\" z\n"
        "   |                              ^\n\n");
}

TEST_CASE("long lines are cut around the place") {
  SourceMap sources;
  const std::string line = std::string(5'000'000, 'a') + "HERE" + std::string(5'000'000, 'b');
  const FileId file = sources.add("a.hlab", line);
  Diagnostics diags;
  diags.report(kOdd, span_of(sources, file, "HERE"));
  RenderOptions options;
  options.width = 60;
  const std::string text = render_text(sources, diags, options);
  CHECK(text.size() < 300);
  const std::size_t source = text.find(" 1 | ") + 5;
  const std::string shown = text.substr(source, text.find('\n', source) - source);
  CHECK(shown.find("HERE") != std::string::npos);
  CHECK(shown.starts_with("…"));
  CHECK(shown.ends_with("…"));
  const std::size_t caret = text.find("^^^^");
  const std::size_t row = text.rfind('\n', caret) + 1;
  // The cut mark takes three bytes and one column.
  CHECK(caret - row == 5 + shown.find("HERE") - 2);
}

TEST_CASE("colours only on request") {
  SourceMap sources;
  const FileId file = sources.add("a.hlab", "x\n");
  Diagnostics diags;
  diags.report(kOdd, Span{file, 0, 1}).help("h");
  CHECK(render_text(sources, diags).find('\x1b') == std::string::npos);
  RenderOptions options;
  options.color = true;
  CHECK(render_text(sources, diags, options).find("\x1b[1;33mwarning[HL0001]\x1b[0m") == 0);
}

TEST_CASE("files of the library are shown under std") {
  CHECK(shown_path({"core/node.hlab", {}, true}) == "std/core/node.hlab");
  CHECK(shown_path({"std/core/node.hlab", {}, true}) == "std/core/node.hlab");
  CHECK(shown_path({"core/node.hlab", {}, false}) == "core/node.hlab");
}

TEST_CASE("any span of any text is rendered without fault") {
  const std::string text = "a\tb\xe2\x80\xaf\xff\r\n\n\xe4\xb8 \xf0\x9f\x98\x80 end";
  for (std::uint32_t begin = 0; begin <= text.size(); ++begin) {
    for (std::uint32_t end = begin; end <= text.size(); ++end) {
      SourceMap sources;
      const FileId file = sources.add("a", text);
      Diagnostics diags;
      diags.report(kOdd, Span{file, begin, end}).fix("f", {{{file, begin, end}, "new\ntext"}});
      RenderOptions options;
      options.width = 1 + begin;
      CHECK(render_text(sources, diags, options).ends_with("\n\n"));
    }
  }
}

TEST_CASE("words of a message that are far too long are shown by their ends") {
  const std::string name(10'000, 'a');
  CHECK(hlab::diag::with_short_words("`" + name + "z` cannot be a name") ==
        "`" + std::string(59, 'a') + "…" + std::string(18, 'a') + "z` cannot be a name");
  const std::string letters = [] {
    std::string out;
    for (int i = 0; i < 200; ++i) out += "ü";
    return out;
  }();
  for (const std::size_t shift : {0u, 1u}) {
    const std::string shown = hlab::diag::with_short_words(std::string(shift, 'x') + letters);
    CHECK(hlab::diag::visible(shown) == shown);  // no character is torn
    CHECK(shown.size() < 100);
  }
  CHECK(hlab::diag::with_short_words("two words\nand a line ") == "two words\nand a line ");
}
