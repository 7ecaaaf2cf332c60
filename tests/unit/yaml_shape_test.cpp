// Random trees, with comments and awkward scalars everywhere, come back as they were built.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <nlohmann/json.hpp>

#include "emit/core/json_writer.h"
#include "emit/core/yaml_writer.h"

namespace {

using namespace hlab::emit;
using nlohmann::json;

/// Builds a document and, beside it, what a reader must give back.
class RandomTree {
 public:
  explicit RandomTree(unsigned seed) : random_(seed) {}

  json build(Doc& doc) {
    remark(doc);
    return container(doc, 0);
  }

 private:
  unsigned up_to(unsigned n) { return static_cast<unsigned>(random_() % n); }

  void remark(Doc& doc) {
    if (up_to(4) == 0) doc.comment(up_to(2) == 0 ? "one: line" : "two\n- lines # here");
  }

  json container(Doc& doc, unsigned depth) {
    if (up_to(2) == 0) {
      doc.open_map();
      json map = json::object();
      for (unsigned i = up_to(4); i > 0; --i) {
        const std::string key = up_to(6) == 0 ? std::string(121 + i, 'k') : "key " + text();
        if (map.contains(key)) continue;
        remark(doc);
        doc.key(key);
        map[key] = value(doc, depth + 1);
      }
      doc.close();
      return map;
    }
    doc.open_seq();
    json list = json::array();
    for (unsigned i = up_to(4); i > 0; --i) {
      remark(doc);
      list.push_back(value(doc, depth + 1));
    }
    doc.close();
    return list;
  }

  json value(Doc& doc, unsigned depth) {
    if (depth < 7 && up_to(2) == 0) return container(doc, depth);
    switch (up_to(4)) {
      case 0: return scalar(doc, static_cast<std::int64_t>(random_()) - 2'000'000'000);
      case 1: return scalar(doc, up_to(2) == 0);
      case 2: return scalar(doc, static_cast<double>(up_to(1000)) / 8);
      default: return scalar(doc, text());
    }
  }

  template <class T>
  json scalar(Doc& doc, const T& content) {
    doc.value(content);
    return content;
  }

  std::string text() {
    static const std::vector<std::string> kTexts = {
        "word",    "",        "no",        "a b",   "x\ny",
        " lead\n", "end\n\n", "\n\nfirst", "- a",   "a: b",
        "#",       "{{ x }}", "|",         "? key", "#!/bin/sh\n\nset -e\n",
        "'",       "\"",      "1.5"};
    return kTexts[up_to(static_cast<unsigned>(kTexts.size()))];
  }

  std::mt19937 random_;
};

std::ofstream scalars_file() {
#ifdef HLAB_BINARY_DIR
  const std::filesystem::path folder = HLAB_BINARY_DIR;
#else
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
#endif
  return std::ofstream(folder / "yaml_shapes.scalars.jsonl", std::ios::binary);
}

}  // namespace

TEST_CASE("random trees come back from YAML and JSON") {
  std::ofstream lines = scalars_file();
  Doc doc;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    doc.clear();
    const json expected = RandomTree(seed).build(doc);
    std::string yaml;
    REQUIRE(!write_yaml(doc, {YamlDialect::plain, "header"}, yaml));
    lines << json{{"expected", expected}, {"yaml", yaml}}.dump() << '\n';
    std::string text;
    REQUIRE(!write_json(doc, JsonLayout::pretty, text));
    CHECK(json::parse(text) == expected);
    text.clear();
    REQUIRE(!write_json(doc, JsonLayout::compact, text));
    CHECK(text.find('\n') == std::string::npos);
    CHECK(json::parse(text) == expected);
  }
}
