#include "tests/unit/corpus_strings.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include <nlohmann/json.hpp>

#include "compiler/base/utf8.h"

namespace hlab::testing {
namespace {

namespace fs = std::filesystem;

void add_file(std::vector<std::string>& strings, const std::string& name) {
  std::ifstream in(fs::path(HLAB_SOURCE_DIR) / "../shared/corpora" / name);
  const nlohmann::json items = nlohmann::json::parse(in, nullptr, false);
  if (!items.is_array()) return;
  for (const auto& item : items) strings.push_back(item.get<std::string>());
}

void add_random(std::vector<std::string>& strings, std::size_t count) {
  const std::vector<std::string> atoms = {"a",
                                          "Z",
                                          "0",
                                          "_",
                                          " ",
                                          " ",
                                          "\n",
                                          "\t",
                                          "\r",
                                          "=",
                                          " = ",
                                          ":",
                                          "#",
                                          " #",
                                          ";",
                                          " ;",
                                          "[",
                                          "]",
                                          "{",
                                          "}",
                                          "'",
                                          "\"",
                                          "\"\"\"",
                                          "'''",
                                          "`",
                                          "\\",
                                          "\\n",
                                          "\\'",
                                          "\\\"",
                                          "\\\\",
                                          "$",
                                          "${",
                                          "$A",
                                          "%",
                                          "%(a)s",
                                          "!",
                                          "~",
                                          "*",
                                          "&",
                                          "|",
                                          "<",
                                          ">",
                                          "(",
                                          ")",
                                          ",",
                                          ".",
                                          "export ",
                                          "true",
                                          "1",
                                          "-",
                                          "\x01",
                                          "\x1b",
                                          "\x7f",
                                          "\xc2\x85",
                                          "\xc2\xa0",
                                          "\xc3\xa9",
                                          "\xe2\x80\x8b",
                                          "\xe2\x80\xa8",
                                          "\xef\xbb\xbf",
                                          "\xf0\x9f\x98\x80"};
  std::mt19937 random(2711);  // the same strings in every run
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (auto left = random() % 7; left > 0; --left) text += atoms[random() % atoms.size()];
    strings.push_back(std::move(text));
  }
}

}  // namespace

std::vector<std::string> corpus_strings(std::size_t random) {
  std::vector<std::string> strings;
  add_file(strings, "hlab-hazards/strings.json");
  add_file(strings, "naughty-strings/blns.json");
  const std::size_t plain = strings.size();
  for (std::size_t i = 0; i < plain; ++i) {
    strings.push_back(strings[i] + '\n');
    strings.push_back("first\n" + strings[i] + "\n  last\n\n");
  }
  add_random(strings, random);
  std::erase_if(strings, [](const std::string& text) {
    return text.find('\0') != std::string::npos || find_invalid_utf8(text) != std::string::npos;
  });
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  return strings;
}

}  // namespace hlab::testing
