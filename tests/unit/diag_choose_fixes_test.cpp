#include <catch2/catch.hpp>

#include <random>

#include "compiler/diag/choose_fixes.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/unified_diff.h"

namespace {

using namespace hlab;
using namespace hlab::diag;

const Diag<> kWrong{{"HL2001", "unknown-name", Severity::error, "t", "e", "b", "g"}, "wrong"};

struct Lab {
  SourceMap sources;
  Diagnostics diags;
  FileId file;

  explicit Lab(std::string text) : file(sources.add("lab.hlab", std::move(text))) {}
  Span at(std::uint32_t begin, std::uint32_t end) const { return {file, begin, end}; }
  Report wrong(std::uint32_t begin, std::uint32_t end) {
    return diags.report(kWrong, at(begin, end));
  }
  std::string mended() {
    const FixChoice choice = choose_fixes(diags, [](FileId) { return true; });
    std::vector<Edit> edits;
    for (const ChosenFix& fix : choice.chosen) {
      edits.insert(edits.end(), fix.fix->edits.begin(), fix.fix->edits.end());
    }
    return apply_edits(sources.text(file), edits);
  }
};

/// Applies a patch of one file as `patch` would, without looking for moved places.
std::string patched(const std::string& before, const std::string& patch) {
  const auto lines_of = [](const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      lines.push_back(text.substr(at, end - at));
      at = end;
    }
    return lines;
  };
  const auto old = lines_of(before);
  const auto all = lines_of(patch);
  std::string out;
  std::size_t next = 0;
  for (std::size_t i = 2; i < all.size(); ++i) {
    if (all[i].starts_with("@@ -")) {
      const std::size_t line = std::stoul(all[i].substr(4));
      const std::size_t count = std::stoul(all[i].substr(all[i].find(',') + 1));
      const std::size_t start = count == 0 ? line : line - 1;
      while (next < start) out += old[next++];
      continue;
    }
    if (all[i][0] == '\\') continue;
    std::string text = all[i].substr(1);
    const bool open = i + 1 < all.size() && all[i + 1][0] == '\\';
    if (open) text.pop_back();
    if (all[i][0] != '+') {
      REQUIRE(next < old.size());
      REQUIRE(old[next] == text);
      ++next;
    }
    if (all[i][0] != '-') out += text;
  }
  while (next < old.size()) out += old[next++];
  return out;
}

}  // namespace

TEST_CASE("only a fix that stands alone and is certain is chosen") {
  Lab lab("one two three four");
  lab.wrong(0, 3).fix("write `1`", {{lab.at(0, 3), "1"}});
  lab.wrong(4, 7).fix("a", {{lab.at(4, 7), "2"}}).fix("b", {{lab.at(4, 7), "zwei"}});
  lab.wrong(8, 13).fix("a guess", {{lab.at(8, 13), "3"}}).unsure();
  lab.wrong(14, 18);
  const FixChoice choice = choose_fixes(lab.diags, [](FileId) { return true; });
  CHECK(choice.chosen.size() == 1);
  CHECK(choice.ambiguous == 2);
  CHECK(lab.mended() == "1 two three four");
  CHECK(choose_fixes(lab.diags, [](FileId) { return false; }).chosen.empty());
}

TEST_CASE("edits that touch each other wait, the same edit is one") {
  Lab lab("abcdef");
  lab.wrong(0, 3).fix("x", {{lab.at(0, 3), "X"}});
  lab.wrong(1, 2).fix("y", {{lab.at(2, 4), "Y"}});
  lab.wrong(2, 3).fix("x", {{lab.at(0, 3), "X"}});
  lab.wrong(4, 4).fix("i", {{lab.at(4, 4), "1"}});
  lab.wrong(5, 6).fix("j", {{lab.at(4, 4), "2"}});
  const FixChoice choice = choose_fixes(lab.diags, [](FileId) { return true; });
  CHECK(choice.chosen.size() == 2);
  CHECK(choice.waiting == 2);
  CHECK(lab.mended() == "Xd1ef");
}

TEST_CASE("a near name is certain where it is alone and no digit differs") {
  CHECK(closest("vikuna", {"vikunja", "other"}).certain);
  CHECK(closest("vikuna", {"other", "vikunja", "vikunja"}).certain);
  CHECK_FALSE(closest("cast", {"cart", "case"}).certain);
  CHECK(closest("cast", {"cart", "case"}).name == "cart");
  CHECK_FALSE(closest("pi4", {"pi5"}).certain);
  CHECK(closest("pi4", {"pi5"}).name == "pi5");
  CHECK(closest("hardwre4", {"hardware4"}).certain);
  CHECK_FALSE(closest("uninterruptable", {"ininterroptible"}).certain);
  CHECK(closest("zebra", {"lan"}).empty());
}

TEST_CASE("a patch leads from the one text to the other") {
  CHECK(unified_diff("a", "x\n", "x\n").empty());
  CHECK(unified_diff("f", "a\nb\nc\n", "a\nB\nc\n") ==
        "--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
  CHECK(unified_diff("f", "", "a\n") == "--- a/f\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n");
  CHECK(unified_diff("f", "a", "b\n") ==
        "--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n");
  std::mt19937 chance(11);
  for (int round = 0; round < 400; ++round) {
    const auto line = [&] { return std::string(1, static_cast<char>('a' + chance() % 4)) + "\n"; };
    std::string before, after;
    for (unsigned i = chance() % 30; i > 0; --i) {
      const std::string one = line();
      if (chance() % 5 != 0) before += one;
      if (chance() % 5 != 0) after += one;
      if (chance() % 9 == 0) after += line();
    }
    if (chance() % 4 == 0 && !before.empty()) before.pop_back();
    if (chance() % 4 == 0 && !after.empty()) after.pop_back();
    const std::string patch = unified_diff("f", before, after);
    CHECK((patch.empty() ? before : patched(before, patch)) == after);
  }
}
