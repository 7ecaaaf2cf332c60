#include "emit/core/json_writer.h"

#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "compiler/base/utf8.h"

#ifndef HLAB_SOURCE_DIR
#define HLAB_SOURCE_DIR "."
#endif

using namespace hlab::emit;
using nlohmann::json;

namespace {

Doc sample() {
  Doc doc;
  doc.open_map();
  doc.comment("left out");
  doc.entry("b", "x\ny", 1);
  doc.entry("a", 2, 2);
  doc.key("list");
  doc.open_seq();
  doc.item(true);
  doc.item(1.5, 3);
  doc.open_map();
  doc.close();
  doc.open_seq();
  doc.close();
  doc.close();
  doc.close();
  return doc;
}

using Known = std::vector<std::pair<std::uint32_t, Origin>>;

/// The values that have an origin, by the lines on which they stand.
Known known(const Doc& doc, const LineMarks& marks) {
  Known out;
  for (const LineSource& source : line_sources(doc, marks)) {
    if (source.kind == LineSource::Kind::value && source.own)
      out.emplace_back(source.line, source.origins.front());
  }
  return out;
}

}  // namespace

TEST_CASE("JSON in both layouts, in declared order") {
  std::string pretty;
  LineMarks lines;
  const Doc doc = sample();
  REQUIRE(!write_json(doc, JsonLayout::pretty, pretty, &lines));
  CHECK(pretty ==
        "{\n  \"b\": \"x\\ny\",\n  \"a\": 2,\n  \"list\": [\n    true,\n    1.5,\n    {},\n    []\n"
        "  ]\n}\n");
  CHECK(known(doc, lines) == Known{{2, 1}, {3, 2}, {6, 3}});
  std::string compact;
  REQUIRE(!write_json(sample(), JsonLayout::compact, compact));
  CHECK(compact == "{\"b\":\"x\\ny\",\"a\":2,\"list\":[true,1.5,{},[]]}");
}

TEST_CASE("JSON for people has comments, and short lists on one line") {
  Doc doc;
  doc.comment("first\nsecond");
  doc.open_map();
  doc.comment("why */ \x01");
  doc.entry("a", 1, 7);
  doc.key("short");
  doc.open_seq();
  doc.item("x");
  doc.item("y");
  doc.close();
  doc.key("long");
  doc.open_seq();
  doc.item(std::string(60, 'x'));
  doc.comment("above");
  doc.item(std::string(60, 'y'));
  doc.close();
  doc.close();
  std::string out;
  LineMarks lines;
  REQUIRE(!write_json(doc, JsonLayout::commented, out, &lines));
  CHECK(out ==
        "// first\n// second\n{\n  // why */ \\u{1}\n  \"a\": 1,\n  \"short\": [\"x\", \"y\"],\n"
        "  \"long\": [\n    \"" +
            std::string(60, 'x') + "\",\n    // above\n    \"" + std::string(60, 'y') +
            "\"\n  ]\n}\n");
  CHECK(known(doc, lines) == Known{{5, 7}});
}

TEST_CASE("every string of the corpora comes back from JSON") {
  std::size_t count = 0;
  for (const std::string name : {"hlab-hazards/strings.json", "naughty-strings/blns.json"}) {
    std::ifstream in(std::filesystem::path(HLAB_SOURCE_DIR) / "../shared/corpora" / name);
    const json items = json::parse(in, nullptr, false);
    REQUIRE(items.is_array());
    for (const json& item : items) {
      const auto text = item.get<std::string>();
      if (text.find('\0') != std::string::npos) continue;
      Doc doc;
      doc.open_map();
      doc.entry(text, text);
      doc.close();
      std::string out;
      REQUIRE(!write_json(doc, JsonLayout::pretty, out));
      CHECK(json::parse(out) == json{{text, text}});
      ++count;
    }
  }
  CHECK(count > 700);
}

TEST_CASE("keys that YAML 1.1 reads as one value are two texts in JSON") {
  Doc doc;
  doc.open_map();
  for (const char* key : {"n", "no", "off", "y", "on", "null", "~", ""}) doc.entry(key, 1);
  doc.close();
  std::string out;
  REQUIRE(!write_json(doc, JsonLayout::pretty, out));
  CHECK(json::parse(out).size() == 8);
}

TEST_CASE("what JSON cannot hold is an error") {
  std::string out;
  Doc none;
  CHECK(write_json(none, JsonLayout::pretty, out)->fault == DocFault::document_count);
  Doc two;
  two.value(1);
  two.value(2);
  CHECK(write_json(two, JsonLayout::pretty, out)->fault == DocFault::document_count);
  Doc twice;
  twice.open_map();
  twice.entry("a", 1);
  twice.entry("a", 2, 7);
  twice.close();
  const auto error = write_json(twice, JsonLayout::pretty, out);
  REQUIRE(error);
  CHECK(error->fault == DocFault::duplicate_key);
  CHECK(error->path == "a");
  CHECK(error->origin == 7);
  CHECK(out.empty());
}
