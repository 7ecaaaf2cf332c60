// Every string of the corpora, and many random ones made of what YAML finds special, as value, key,
// list item and part of text of several lines: yaml-cpp reads each back here, and the file written
// is read by independent readers of YAML 1.1 and 1.2 (tests/external/yaml_readers.py).
#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include "compiler/base/utf8.h"
#include "emit/core/yaml_scalar.h"
#include "emit/core/yaml_writer.h"

#ifndef HLAB_SOURCE_DIR
#define HLAB_SOURCE_DIR "."
#endif

namespace {

using namespace hlab::emit;
using nlohmann::json;
namespace fs = std::filesystem;

/// What `./dev test` gives to the independent readers, in the build folder.
std::ofstream scalars_file(const std::string& name) {
#ifdef HLAB_BINARY_DIR
  const fs::path folder = HLAB_BINARY_DIR;
#else
  const fs::path folder = fs::temp_directory_path();
#endif
  return std::ofstream(folder / (name + ".scalars.jsonl"), std::ios::binary);
}

std::vector<std::string> corpus(const std::string& name) {
  std::ifstream in(fs::path(HLAB_SOURCE_DIR) / "../shared/corpora" / name);
  std::vector<std::string> strings;
  const json items = json::parse(in, nullptr, false);
  if (!items.is_array()) return strings;
  for (const json& item : items) strings.push_back(item.get<std::string>());
  return strings;
}

/// The texts of the YAML test suite's documents make good strings, too.
std::vector<std::string> yaml_sources() {
  std::vector<std::string> texts;
  const fs::path root = fs::path(HLAB_SOURCE_DIR) / "../shared/corpora/yaml-test-suite";
  if (!fs::exists(root)) return texts;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().filename() != "in.yaml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::vector<std::string> random_strings(std::size_t count) {
  const std::vector<std::string> atoms = {"a",
                                          "b",
                                          "Z",
                                          "0",
                                          "1",
                                          "7",
                                          " ",
                                          " ",
                                          "\n",
                                          "\n",
                                          "\n",
                                          "\t",
                                          "\r",
                                          ":",
                                          ": ",
                                          "#",
                                          " #",
                                          "-",
                                          "- ",
                                          "?",
                                          "? ",
                                          ",",
                                          "[",
                                          "]",
                                          "{",
                                          "}",
                                          "&",
                                          "*",
                                          "!",
                                          "|",
                                          ">",
                                          "'",
                                          "\"",
                                          "%",
                                          "@",
                                          "`",
                                          "\\",
                                          "/",
                                          ".",
                                          "_",
                                          "=",
                                          "<<",
                                          "~",
                                          "no",
                                          "yes",
                                          "on",
                                          "true",
                                          "null",
                                          "0x",
                                          "1e3",
                                          "{{",
                                          "}}",
                                          "{%",
                                          "{#",
                                          "---",
                                          "...",
                                          "\x01",
                                          "\x1b",
                                          "\x7f",
                                          "\xc2\x80",
                                          "\xc2\x85",
                                          "\xc2\xa0",
                                          "\xc2\xad",
                                          "\xc3\xa9",
                                          "\xe2\x80\x8b",
                                          "\xe2\x80\xa8",
                                          "\xe2\x80\xa9",
                                          "\xe2\x80\xae",
                                          "\xef\xbb\xbf",
                                          "\xef\xbf\xbd",
                                          "\xef\xbf\xbe",
                                          "\xef\xbf\xbf",
                                          "\xee\x80\x80",
                                          "\xed\x9f\xbf",
                                          "\xf0\x9f\x98\x80",
                                          "\xf3\xa0\x80\x81",
                                          "\xf4\x8f\xbf\xbf",
                                          "\xef\xb7\x90"};
  std::mt19937 random(1202);  // the same strings in every run
  std::vector<std::string> strings;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (auto left = random() % 10; left > 0; --left) text += atoms[random() % atoms.size()];
    strings.push_back(std::move(text));
  }
  return strings;
}

std::vector<std::string> all_strings() {
  std::vector<std::string> strings;
  const auto add = [&](std::vector<std::string> more) {
    strings.insert(strings.end(), more.begin(), more.end());
  };
  add(corpus("hlab-hazards/strings.json"));
  add(corpus("naughty-strings/blns.json"));
  add(yaml_sources());
  const std::size_t plain = strings.size();
  for (std::size_t i = 0; i < plain; ++i) {
    strings.push_back(strings[i] + '\n');
    strings.push_back("first\n" + strings[i] + "\n  last\n\n");
  }
  add(random_strings(6000));
  std::erase_if(strings, [](const std::string& text) {
    return text.find('\0') != std::string::npos ||
           hlab::find_invalid_utf8(text) != std::string::npos;
  });
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  return strings;
}

std::string written(const Doc& doc) {
  std::string out;
  const auto error = write_yaml(doc, {}, out);
  REQUIRE(!error);
  return out;
}

/// The string in every position that has a form of its own, beside neighbours that must survive.
Doc positions(const std::string& text) {
  Doc doc;
  doc.open_map();
  doc.entry("value", text);
  doc.key("nested");
  doc.open_map();
  doc.entry("value", text);
  doc.entry("after", 1);
  doc.close();
  doc.key("list");
  doc.open_seq();
  doc.item(text);
  doc.open_seq();
  doc.item(text);
  doc.close();
  doc.open_map();
  doc.entry("value", text);
  doc.entry("after", true);
  doc.close();
  doc.close();
  doc.key("keys");
  doc.open_map();
  doc.entry(text, "under it");
  doc.close();
  doc.entry("end", text);
  doc.close();
  return doc;
}

json expected(const std::string& text) {
  return {{"value", text},
          {"nested", {{"value", text}, {"after", 1}}},
          {"list", {text, json::array({text}), {{"value", text}, {"after", true}}}},
          {"keys", {{text, "under it"}}},
          {"end", text}};
}

/// yaml-cpp turns three noncharacters and what follows a surrogate plane into U+FFFD.
bool yaml_cpp_keeps(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const hlab::CodePoint c = hlab::decode_utf8(text, at);
    if (hlab::is_noncharacter(c.value)) return false;
    at += c.size;
  }
  return true;
}

}  // namespace

TEST_CASE("every string comes back as the same string") {
  const std::vector<std::string> strings = all_strings();
  std::ofstream lines = scalars_file("yaml_strings");
  std::size_t literals = 0;
  for (const std::string& text : strings) {
    const std::string yaml = written(positions(text));
    if (scalar_style(text) == ScalarStyle::literal) ++literals;
    lines << json{{"expected", expected(text)}, {"yaml", yaml}}.dump() << '\n';
    if (!yaml_cpp_keeps(text)) continue;
    INFO(yaml);
    const YAML::Node node = YAML::Load(yaml);
    CHECK(node["value"].as<std::string>() == text);
    CHECK(node["list"][0].as<std::string>() == text);
    CHECK(node["list"][1][0].as<std::string>() == text);
    CHECK(node["keys"].begin()->first.as<std::string>() == text);
    CHECK(node["end"].as<std::string>() == text);
  }
  CHECK(strings.size() > 6000);
  CHECK(literals > 400);
}

TEST_CASE("numbers and flags come back with their type") {
  std::ofstream lines = scalars_file("yaml_numbers");
  const auto check = [&](auto value) {
    Doc doc;
    doc.open_map();
    doc.entry("v", value);
    doc.close();
    lines << json{{"expected", {{"v", value}}}, {"yaml", written(doc)}}.dump() << '\n';
  };
  for (const std::int64_t value : {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-1},
                                   std::int64_t{420}, std::int64_t{9007199254740993}}) {
    check(value);
  }
  for (const double value : {0.1, 1.0, 0.0, 1e22, 1e-7, 5e-324, 1.7976931348623157e308, -2.5, 1e16,
                             123456789.125, 1.0 / 3.0}) {
    check(value);
  }
  std::mt19937_64 random(99);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (std::isfinite(value)) check(value);
    check(static_cast<std::int64_t>(bits >> (bits % 64)));
  }
  check(true);
  check(false);
}
