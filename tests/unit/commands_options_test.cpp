#include <catch2/catch.hpp>

#include "compiler/commands/console.h"
#include "compiler/commands/crash_guard.h"
#include "compiler/commands/options.h"

namespace {

using namespace hlab::commands;

ParsedOptions parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "hlab");
  return parse_options(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("verbs and their options") {
  auto check = parsed({"check", "lab", "--locked", "--format", "json", "--color", "never"});
  REQUIRE(check.options);
  CHECK(check.options->verb == Verb::check);
  CHECK(check.options->lab == "lab");
  CHECK(check.options->locked);
  CHECK(check.options->format == Format::json);
  CHECK(check.options->color == ColorChoice::never);
  CHECK(parsed({"check"}).options->lab == ".");
  CHECK(parsed({"build", "--out", "x"}).options->out == "x");
  CHECK(parsed({"graph", "--format=mermaid"}).options->graph_format == GraphFormat::mermaid);
  CHECK(parsed({"fmt", "--check", "a", "b"}).options->paths.size() == 2);
  CHECK(parsed({"fmt", "-"}).options->paths.size() == 1);
  CHECK(parsed({"explain", "HL0001"}).options->topic == "HL0001");
  const auto eval = parsed({"eval", "1 + 2"});
  REQUIRE(eval.options);
  CHECK(eval.options->topic == "1 + 2");
  CHECK_FALSE(eval.options->lab_given);
  CHECK(parsed({"eval", "x", ".", "--format=yaml"}).options->lab_given);
}

TEST_CASE("wrong use is said on standard error with status 2") {
  for (auto words : std::vector<std::vector<const char*>>{{},
                                                          {"chekc"},
                                                          {"build"},
                                                          {"check", "a", "b"},
                                                          {"check", "--format", "xml"},
                                                          {"check", "--frmat"},
                                                          {"fmt"},
                                                          {"explain"},
                                                          {"eval"},
                                                          {"eval", "1", "--format", "xml"},
                                                          {"check", "--format", "yaml"},
                                                          {"--nothing"}}) {
    const auto result = parsed(words);
    CHECK_FALSE(result.options);
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK_FALSE(result.err.empty());
  }
  CHECK(parsed({"chekc"}).err.find("did you mean `check`?") != std::string::npos);
}

TEST_CASE("help and version are results") {
  for (const char* verb :
       {"check", "build", "eval", "fmt", "explain", "rules", "graph", "learn", "version"}) {
    const auto result = parsed({verb, "--help"});
    CHECK(result.status == 0);
    CHECK(result.out.find("Examples:") != std::string::npos);
    CHECK(result.err.empty());
  }
  CHECK(parsed({"--help"}).out.find("Exit status") != std::string::npos);
  CHECK(parsed({"--version"}).out.starts_with("hlab "));
}

TEST_CASE("colour") {
  const auto automatic = ColorChoice::automatic;
  CHECK(use_color(automatic, {.terminal = true}));
  CHECK_FALSE(use_color(automatic, {}));
  CHECK_FALSE(use_color(automatic, {.terminal = true, .dumb = true}));
  CHECK_FALSE(use_color(automatic, {.no_color = true, .force_color = true, .terminal = true}));
  CHECK(use_color(automatic, {.force_color = true}));
  CHECK(use_color(ColorChoice::always, {.no_color = true}));
  CHECK_FALSE(use_color(ColorChoice::never, {.force_color = true, .terminal = true}));
}

TEST_CASE("what escapes is our own fault") {
  CHECK(guarded("check", [] { return 3; }) == 3);
  CHECK(guarded("check", []() -> int { throw std::bad_alloc(); }) == 70);
  CHECK(guarded("check", []() -> int { throw 1; }) == 70);
}
