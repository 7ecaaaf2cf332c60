#include "emit/core/yaml_writer.h"

#include <fmt/format.h>

#include <limits>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "emit/core/comment.h"

using namespace hlab::emit;

namespace {

std::string yaml(const Doc& doc, const YamlOptions& options = {}) {
  std::string out;
  const auto error = write_yaml(doc, options, out);
  if (error) return "error: " + std::string(name_of(error->fault)) + " at " + error->path;
  return out;
}

template <class T>
std::string entry(const T& value, YamlDialect dialect = YamlDialect::plain) {
  Doc doc;
  doc.open_map();
  doc.entry("v", value);
  doc.close();
  return yaml(doc, {dialect, {}});
}

std::string with_keys(const std::vector<std::string>& keys) {
  Doc doc;
  doc.open_map();
  doc.key("m");
  doc.open_seq();
  doc.open_map();
  for (const std::string& key : keys) doc.entry(key, 1);
  doc.close();
  doc.close();
  doc.close();
  return yaml(doc);
}

}  // namespace

TEST_CASE("the layout of maps, sequences and documents") {
  Doc doc;
  doc.open_map();
  doc.entry("kind", "List");
  doc.key("items");
  doc.open_seq();
  doc.open_map();
  doc.entry("name", "a");
  doc.key("ports");
  doc.open_seq();
  doc.item(80);
  doc.item(443);
  doc.close();
  doc.close();
  doc.open_seq();
  doc.item("x");
  doc.open_seq();
  doc.close();
  doc.close();
  doc.close();
  doc.key("empty");
  doc.open_map();
  doc.close();
  doc.close();
  doc.open_map();
  doc.entry("second", true);
  doc.close();
  CHECK(yaml(doc) ==
        "kind: List\n"
        "items:\n"
        "  - name: a\n"
        "    ports:\n"
        "      - 80\n"
        "      - 443\n"
        "  - - x\n"
        "    - []\n"
        "empty: {}\n"
        "---\n"
        "second: true\n");
}

TEST_CASE("plain only for harmless words") {
  CHECK(entry("nginx") == "v: nginx\n");
  CHECK(entry("/var/lib/x_y-1.2") == "v: /var/lib/x_y-1.2\n");
  for (const std::string text : {"y", "No", "TRUE", "null", "~", "", "Undefined", "nan", "Infinity",
                                 "1.2", "-x", "a b", "a:b", "docker.io/x:1", "no\n1"}) {
    CHECK(entry(text).find_first_of("\"|") == 3);
  }
  CHECK(entry("no\n") == "v: |\n  no\n");
  CHECK(entry("novel") == "v: novel\n");
}

TEST_CASE("text of several lines stands in literal blocks") {
  CHECK(entry("a\nb") == "v: |-\n  a\n  b\n");
  CHECK(entry("a\n\nb\n") == "v: |\n  a\n\n  b\n");
  CHECK(entry("a\n\n\n") == "v: |+\n  a\n\n\n");
  CHECK(entry(" a\nb\n") == "v: |2\n   a\n  b\n");
  CHECK(entry("\n a\n") == "v: |2\n\n   a\n");
  CHECK(entry("a\tb\nc\n") == "v: \"a\\tb\\nc\\n\"\n");
  CHECK(entry("a\n  \nc") == "v: \"a\\n  \\nc\"\n");
  CHECK(entry("\n\n") == "v: \"\\n\\n\"\n");
  CHECK(entry("a \nc") == "v: \"a \\nc\"\n");
  CHECK(entry("a\nc ") == "v: \"a\\nc \"\n");
  CHECK(entry("caf\xc3\xa9\n") == "v: |\n  caf\xc3\xa9\n");
}

TEST_CASE("escapes") {
  CHECK(entry("\\ \" \r\t\x01\x7f\xc2\x85") == "v: \"\\\\ \\\" \\r\\t\\x01\\x7f\\x85\"\n");
  CHECK(entry("\xc2\xa0\xe2\x80\xa8\xef\xbb\xbf") == "v: \"\\u00a0\\u2028\\ufeff\"\n");
  CHECK(entry("\xf4\x8f\xbf\xbf\xf0\x9f\x98\x80") == "v: \"\\U0010ffff\xf0\x9f\x98\x80\"\n");
  CHECK(entry("a/b c") == "v: \"a/b c\"\n");
}

TEST_CASE("numbers") {
  CHECK(entry(0644) == "v: 420\n");
  CHECK(entry(std::numeric_limits<std::int64_t>::min()) == "v: -9223372036854775808\n");
  CHECK(entry(1.0) == "v: 1.0\n");
  CHECK(entry(1e22) == "v: 1.0e+22\n");
  CHECK(entry(0.1) == "v: 0.1\n");
  CHECK(entry(-0.0) == "v: 0.0\n");
  CHECK(entry(1e-7) == "v: 1.0e-07\n");
  CHECK(entry(-2.5e-300) == "v: -2.5e-300\n");
  CHECK(entry(std::numeric_limits<double>::infinity()).starts_with("error"));
  CHECK(entry(std::numeric_limits<double>::quiet_NaN()).starts_with("error"));
}

TEST_CASE("long keys are marked as keys") {
  const std::string key(121, 'k');
  CHECK(with_keys({key}) == "m:\n  - ? " + key + "\n    : 1\n");
  CHECK(with_keys({key.substr(1)}) == "m:\n  - " + key.substr(1) + ": 1\n");
}

TEST_CASE("a key that stands twice is an error; words of YAML 1.1 are quoted and stay apart") {
  CHECK(with_keys({"a", "b", "a"}) == "error: a key stands twice in one map at m[0].a");
  CHECK(with_keys({"on", "b", "Yes"}) == "m:\n  - \"on\": 1\n    b: 1\n    \"Yes\": 1\n");
  CHECK(with_keys({"null", "~"}) == "m:\n  - \"null\": 1\n    \"~\": 1\n");
  std::vector<std::string> many;
  for (int i = 0; i < 100; ++i) many.push_back(fmt::format("k{}", i * 37 % 100));
  CHECK(with_keys(many).starts_with("m:"));
  many.push_back("k5");
  CHECK(with_keys(many) == "error: a key stands twice in one map at m[0].k5");
}

TEST_CASE("text that no reader takes is an error") {
  CHECK(entry(std::string("a\0b", 3)) == "error: text holds a NUL byte at v");
  CHECK(entry("a\xff") == "error: text is not UTF-8 at v");
  CHECK(entry("\xed\xa0\x80") == "error: text is not UTF-8 at v");
  CHECK(with_keys({"\xc0\x80"}).starts_with("error: text is not UTF-8"));
}

TEST_CASE("a builder called wrongly is an error, not a broken file") {
  Doc open;
  open.open_map();
  CHECK(yaml(open).starts_with("error"));
  Doc keyless;
  keyless.open_map();
  keyless.item(1);
  keyless.close();
  CHECK(yaml(keyless).starts_with("error"));
  Doc valueless;
  valueless.open_map();
  valueless.key("a");
  valueless.close();
  CHECK(yaml(valueless).starts_with("error"));
  Doc stray;
  stray.close();
  CHECK(yaml(stray).starts_with("error"));
  Doc deep;
  for (int i = 0; i < 100'000; ++i) deep.open_seq();
  for (int i = 0; i < 100'000; ++i) deep.close();
  CHECK(yaml(deep).starts_with("error"));
  deep.clear();
  deep.open_seq();
  deep.close();
  CHECK(yaml(deep) == "[]\n");
}

TEST_CASE("Ansible evaluates templates and nothing else") {
  CHECK(entry("{{ x }}", YamlDialect::ansible) == "v: !unsafe \"{{ x }}\"\n");
  CHECK(entry("a\n{% b %}\n", YamlDialect::ansible) == "v: !unsafe \"a\\n{% b %}\\n\"\n");
  CHECK(entry("{# c", YamlDialect::ansible) == "v: !unsafe \"{# c\"\n");
  CHECK(entry("{ {", YamlDialect::ansible) == "v: \"{ {\"\n");
  CHECK(entry(Template{"{{ x }}"}, YamlDialect::ansible) == "v: \"{{ x }}\"\n");
  CHECK(entry("{{ x }}") == "v: \"{{ x }}\"\n");
}

TEST_CASE("comments stand above what they are about and cannot end early") {
  Doc doc;
  doc.comment("the document");
  doc.open_map();
  doc.comment("the list\nof things");
  doc.key("list");
  doc.open_seq();
  doc.comment("the item");
  doc.open_map();
  doc.comment("its name");
  doc.entry("name", "a");
  doc.comment(
      "sly\rkey: 1\xe2\x80\xa8"
      "b\x1b");
  doc.entry("other", 1);
  doc.close();
  doc.close();
  doc.close();
  CHECK(yaml(doc, {YamlDialect::plain, generated_header("lab.hlab", "service x")}) ==
        "# Generated by hlab from lab.hlab: service x. Edit the lab, not this file.\n"
        "# the document\n"
        "# the list\n"
        "# of things\n"
        "list:\n"
        "  # the item\n"
        "  # its name\n"
        "  - name: a\n"
        "    # sly\\u{d}key: 1\\u{2028}b\\u{1b}\n"
        "    other: 1\n");
}

TEST_CASE("each scalar with an origin is found again by its line") {
  Doc doc;
  doc.comment("c");
  doc.open_map();
  doc.entry("a", "1\n2\n", 10);
  doc.entry("b", 2);
  doc.key("c");
  doc.open_seq(5);
  doc.item(true, 11);
  doc.open_map(12);
  doc.close();
  doc.close();
  doc.entry(std::string(130, 'k'), 1.5, 13);
  doc.close();
  doc.value("second", 14);
  std::string out;
  LineMarks lines;
  REQUIRE(!write_yaml(doc, {YamlDialect::plain, "h"}, out, &lines));
  std::vector<std::pair<std::uint32_t, Origin>> known;
  std::vector<std::string> all;
  for (const LineSource& source : line_sources(doc, lines)) {
    const bool value = source.kind == LineSource::Kind::value;
    if (value && source.own) known.emplace_back(source.line, source.origins.front());
    const std::string_view kind = value                                    ? "value"
                                  : source.kind == LineSource::Kind::block ? "block"
                                                                           : "remark";
    all.push_back(fmt::format("{} {} {}", source.line, kind, source.path));
  }
  CHECK(known == std::vector<std::pair<std::uint32_t, Origin>>{
                     {3, 10}, {8, 11}, {9, 12}, {11, 13}, {13, 14}});
  CHECK(all == std::vector<std::string>{
                   "1 remark ", "2 remark ", "3 value a", "6 value b", "7 block c", "8 value c[0]",
                   "9 value c[1]", "11 value " + std::string(130, 'k'), "12 remark ", "13 value "});
}
