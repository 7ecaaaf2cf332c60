// Every string of the corpora and every kind of scalar, written as TOML, INI and dotenv. What is
// written here is read by the formats' real readers (tests/external/format_readers.py).
#include <cmath>
#include <cstring>
#include <fstream>
#include <random>
#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "emit/core/document_format.h"
#include "tests/unit/corpus_strings.h"

namespace {

using namespace hlab::emit;
using nlohmann::json;

constexpr std::size_t kBatch = 100;

std::ofstream cases_file(const std::string& name) {
  return std::ofstream(std::string(HLAB_BINARY_DIR) + "/" + name + ".formats.jsonl",
                       std::ios::binary);
}

/// Whether the format takes the text; and what it then writes.
std::optional<DocError> write(DocFormat format, const Doc& doc, std::string& out) {
  return write_document(format, doc, "a header", out);
}

void record(std::ofstream& lines, std::string_view format, const json& expected,
            const std::string& text) {
  lines << json{{"format", format}, {"expected", expected}, {"text", text}}.dump() << '\n';
}

/// The text in every position that TOML has a form for.
Doc toml_positions(const std::string& text) {
  Doc doc;
  doc.open_map();
  doc.entry("value", text);
  doc.key("list");
  doc.open_seq();
  doc.item(text);
  doc.open_map();
  doc.entry(text, text);
  doc.close();
  doc.close();
  doc.key(text + "?");
  doc.open_map();
  doc.entry(text, 1);
  doc.key("tables");
  doc.open_seq();
  for (int i = 0; i < 2; ++i) {
    doc.open_map();
    doc.entry(text, text);
    doc.key("deep");
    doc.open_map();
    doc.close();
    doc.close();
  }
  doc.close();
  doc.close();
  doc.entry("end", text);
  doc.close();
  return doc;
}

json toml_expected(const std::string& text) {
  const json row = text == "deep" ? json() : json{{text, text}, {"deep", json::object()}};
  return {{"value", text},
          {"list", {text, {{text, text}}}},
          {text + "?", {{text, 1}, {"tables", {row, row}}}},
          {"end", text}};
}

/// Many texts in one flat file, so that a reader is started rarely. Returns how many were taken.
std::size_t record_flat(std::ofstream& lines, DocFormat format, std::string_view name,
                        const std::vector<std::string>& strings) {
  std::size_t taken = 0;
  json expected = json::object();
  Doc doc;
  const auto begin = [&] {
    doc.clear();
    expected = json::object();
    doc.open_map();
    if (format == DocFormat::ini) {
      doc.key("s");
      doc.open_map();
    }
  };
  const auto flush = [&] {
    if (format == DocFormat::ini) doc.close();
    doc.close();
    std::string out;
    const auto error = write(format, doc, out);
    INFO((error ? shown_error(*error) : ""));
    REQUIRE_FALSE(error);
    record(lines, name, format == DocFormat::ini ? json{{"s", expected}} : expected, out);
    begin();
  };
  begin();
  for (const std::string& text : strings) {
    Doc one;
    one.open_map();
    one.entry("V", text);
    one.close();
    std::string out;
    if (write(format, one, out)) continue;
    const std::string key = fmt::format("V{}", taken++);
    doc.entry(key, text);
    expected[key] = text;
    if (expected.size() == kBatch) flush();
  }
  flush();
  return taken;
}

TEST_CASE("TOML holds every text in every place") {
  auto lines = cases_file("toml");
  std::size_t several_lines = 0;
  const auto strings = hlab::testing::corpus_strings(3000);
  for (const std::string& text : strings) {
    if (text == "deep" || text == "tables") continue;
    std::string out;
    REQUIRE_FALSE(write(DocFormat::toml, toml_positions(text), out));
    if (out.find("\"\"\"\n") != std::string::npos) ++several_lines;
    record(lines, "toml", toml_expected(text), out);
  }
  CHECK(strings.size() > 3500);
  CHECK(several_lines > 500);
}

TEST_CASE("TOML keeps numbers and their types") {
  auto lines = cases_file("toml_numbers");
  const auto check = [&](auto value) {
    Doc doc;
    doc.open_map();
    doc.entry("v", value);
    doc.close();
    std::string out;
    REQUIRE_FALSE(write(DocFormat::toml, doc, out));
    record(lines, "toml", {{"v", value}}, out);
  };
  for (const std::int64_t n : {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-7}}) check(n);
  for (const double d : {0.1, 1.0, 1e22, 1e-7, 5e-324, 1.7976931348623157e308, -2.5}) check(d);
  check(true);
  check(false);
  std::mt19937_64 random(5);
  for (int i = 0; i < 500; ++i) {
    const std::uint64_t bits = random();
    double real = 0;
    std::memcpy(&real, &bits, sizeof real);
    if (std::isfinite(real)) check(real);
    check(static_cast<std::int64_t>(bits >> (bits % 64)));
  }
}

TEST_CASE("INI and dotenv hold what their readers agree on") {
  auto lines = cases_file("flat");
  const auto strings = hlab::testing::corpus_strings(6000);
  CHECK(record_flat(lines, DocFormat::ini, "ini", strings) > 800);
  CHECK(record_flat(lines, DocFormat::dotenv, "dotenv", strings) > 2500);
}

/// The document `{ key = text }`, or what is wrong with it.
std::string flat(DocFormat format, std::string_view key, std::string_view text) {
  Doc doc;
  doc.open_map();
  doc.entry(key, text);
  doc.close();
  std::string out;
  const auto error = write_document(format, doc, "", out);
  return error ? "!" + shown_error(*error) : out;
}

TEST_CASE("what INI cannot hold is refused") {
  const auto ini = [](std::string_view key, std::string_view text) {
    return flat(DocFormat::ini, key, text);
  };
  CHECK(ini("a b", "c = d; e") == "a b = c = d; e\n");
  CHECK(ini("a", "") == "a =\n");
  CHECK(ini("a", "C:\\x") == "a = C:\\x\n");
  CHECK(ini("root_url", "%(protocol)s://x/") == "root_url = %(protocol)s://x/\n");
  for (const std::string_view text :
       {"a\nb", "a\rb", " a", "a ", "#a", ";a", "a #b", "a ;b", "\"a\"", "'a", "`a", "a\\", "a\x01",
        "a\xc2\xa0", "a\xe2\x80\xa8z"}) {
    CAPTURE(text);
    CHECK(ini("a", text)[0] == '!');
  }
  for (const std::string_view key : {"", "a=b", "a:b", "#a", ";a", "[a", "a\nb", " a"}) {
    CAPTURE(key);
    CHECK(ini(key, "x")[0] == '!');
  }
}

TEST_CASE("INI has one level of sections, no lists, and names without case") {
  Doc doc;
  const auto written = [&] {
    std::string out;
    const auto error = write_document(DocFormat::ini, doc, "made", out);
    return error ? "!" + shown_error(*error) : out;
  };
  doc.open_map();
  doc.key("remote \"a\"");
  doc.open_map();
  doc.entry("on", true);
  doc.close();
  doc.entry("top", 1.5);
  doc.close();
  CHECK(written() == "; made\ntop = 1.5\n\n[remote \"a\"]\non = true\n");
  doc.clear();
  doc.open_map();
  doc.key("s");
  doc.open_map();
  doc.key("l");
  doc.open_seq();
  doc.close();
  doc.close();
  doc.close();
  CHECK(written() == "!`s.l`: INI has no lists; join it to the text that the reader splits");
  doc.clear();
  doc.open_map();
  doc.entry("Name", 1);
  doc.entry("name", 2);
  doc.close();
  CHECK(written() == "!`name`: the name stands twice for readers that ignore case");
  doc.clear();
  doc.open_map();
  doc.key("a]");
  doc.open_map();
  doc.close();
  doc.close();
  CHECK(written()[0] == '!');
  doc.clear();
  doc.open_seq();
  doc.close();
  CHECK(written() == "!one value: INI holds named entries");
}

TEST_CASE("dotenv chooses quotes that all readers take alike") {
  const auto env = [](std::string_view key, std::string_view text) {
    return flat(DocFormat::dotenv, key, text);
  };
  CHECK(env("A", "http://x:80/?a=b,c") == "A='http://x:80/?a=b,c'\n");
  CHECK(env("A", "http://x:80/a=b,c") == "A=http://x:80/a=b,c\n");
  CHECK(env("A", "") == "A=''\n");
  CHECK(env("A", "$x `y` \"z\"\n") == "A='$x `y` \"z\"\n'\n");
  CHECK(env("A", "it's") == "A=\"it's\"\n");
  CHECK(env("A", "it's \"q\" \\n") == "A=\"it's \\\"q\\\" \\\\n\"\n");
  for (const std::string_view text :
       {"${x}", "it's $5", "it's `x`", "a\\", "a\rb", "a\x01", "\\\\ $x"}) {
    CAPTURE(text);
    CHECK(env("A", text)[0] == '!');
  }
  for (const std::string_view key : {"", "1A", "A-B", "A B", "\xc3\x84", "A="}) {
    CAPTURE(key);
    CHECK(env(key, "x")[0] == '!');
  }
}

TEST_CASE("a null stands in YAML and JSON only") {
  Doc doc;
  doc.open_map();
  doc.key("a");
  doc.null();
  doc.close();
  std::string out;
  CHECK_FALSE(write_document(DocFormat::yaml, doc, "", out));
  CHECK(out == "a: null\n");
  for (const DocFormat format : {DocFormat::toml, DocFormat::ini, DocFormat::dotenv}) {
    const auto error = write_document(format, doc, "", out);
    REQUIRE(error);
    CHECK(error->fault == DocFault::unfit);
    CHECK(error->path == "a");
  }
}

}  // namespace
