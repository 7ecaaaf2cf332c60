// Every string that the writer can be given comes back from Nix as it was: as a value, as an indented
// string, as a name, beside an interpolation and in a comment.
#include <unistd.h>

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string_view>
#include <nlohmann/json.hpp>

#include "emit/nix_text/nix_string.h"
#include "emit/nix_text/nix_writer.h"

#ifndef HLAB_SOURCE_DIR
#define HLAB_SOURCE_DIR "."
#endif

namespace {

using hlab::emit::NixExpr;
using nlohmann::json;
namespace fs = std::filesystem;

bool in_ci() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string_view(ci) == "true";
}

/// False after saying why; under CI a missing consumer or corpus is a failure.
bool available(bool there, const std::string& what) {
  if (there) return true;
  if (in_ci()) FAIL(what);
  WARN("skipped: " + what);
  return false;
}

std::vector<std::string> read_corpus(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> strings;
  for (const json& item : json::parse(in)) strings.push_back(item.get<std::string>());
  return strings;
}

/// Strings of what has a meaning somewhere in Nix, packed more tightly than any corpus has them.
std::vector<std::string> random_strings(int count) {
  const std::vector<std::string> atoms = {"'",  "'", "$", "$", "{",  "}",  "\\", "\"", "\n",
                                          "\n", " ", "a", "#", "\t", "\r", "''", "${", "é"};
  std::mt19937 random(20260);  // NOLINT: the same strings in every run
  std::vector<std::string> strings;
  for (int i = 0; i < count; ++i) {
    std::string text;
    for (auto left = random() % 12; left > 0; --left) text += atoms[random() % atoms.size()];
    strings.push_back(text);
  }
  return strings;
}

NixExpr every_form(const std::string& text) {
  NixExpr named = NixExpr::attrs();
  named.set(text, NixExpr::integer(1));
  NixExpr forms = NixExpr::attrs();
  forms.set("value", NixExpr::string(text)).about(text);
  forms.set("script", NixExpr::script(text));
  forms.set("name", std::move(named));
  forms.set("beside", NixExpr::join({NixExpr::string(text), NixExpr::string(text),
                                     NixExpr::name({"x"}), NixExpr::string(text)}));
  return forms;
}

json expected_forms(const std::string& text) {
  return {{"value", text},
          {"script", text},
          {"name", {{text, 1}}},
          {"beside", text + text + "-" + text}};
}

std::string evaluate(const std::string& text) {
  const fs::path file = fs::temp_directory_path() /
                        ("hlab-nix-round-trip-" + std::to_string(::getpid()) + ".nix");
  std::ofstream(file) << text;
  const std::string command = "nix-instantiate --eval --json --strict --arg x '\"-\"' '" +
                              file.string() + "'";
  std::string answer;
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    answer.append(buffer, got);
  }
  const int status = ::pclose(pipe);
  fs::remove(file);
  REQUIRE(status == 0);
  return answer;
}

void check_round_trip(std::vector<std::string> strings) {
  std::erase_if(strings, [](const std::string& s) { return !hlab::emit::representable_in_nix(s); });
  NixExpr list = NixExpr::list();
  for (const std::string& text : strings) list.add(every_form(text));
  const std::string written = hlab::emit::write_nix("Round trip.", NixExpr::function({"x"}, list));
  const json answer = json::parse(evaluate(written));
  REQUIRE(answer.size() == strings.size());
  for (std::size_t i = 0; i < strings.size(); ++i) {
    INFO("string " << i << ": " << json(strings[i]).dump());
    REQUIRE(answer[i] == expected_forms(strings[i]));
  }
}

bool have_nix() { return std::system("nix-instantiate --version >/dev/null 2>&1") == 0; }

}  // namespace

TEST_CASE("nix reads every string of the corpora back", "[nix][external]") {
  const fs::path corpora = fs::path(HLAB_SOURCE_DIR) / "../shared/corpora";
  if (!available(have_nix(), "nix-instantiate is not installed (package nix-bin)")) return;
  if (!available(fs::exists(corpora), "no corpora at ../shared/corpora")) return;
  const char* file = GENERATE("naughty-strings/blns.json", "hlab-hazards/strings.json");
  const std::vector<std::string> strings = read_corpus(corpora / file);
  REQUIRE(strings.size() > 200);
  check_round_trip(strings);
}

TEST_CASE("nix reads random strings of hazards back", "[nix][external]") {
  if (!available(have_nix(), "nix-instantiate is not installed (package nix-bin)")) return;
  check_round_trip(random_strings(5000));
}
