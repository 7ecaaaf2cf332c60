// What repeats is shown so often, and then counted.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "compiler/diag/fold_repeats.h"
#include "compiler/diag/render_json.h"
#include "compiler/diag/render_text.h"

using namespace hlab;
using namespace hlab::diag;

namespace {

const Diag<int> kTwice{{"HL2001", "declared-twice", Severity::error, "", "", "", ""},
                       "`a{}` is declared twice"};
const Diag<int> kOther{{"HL2002", "other", Severity::warning, "", "", "", ""}, "`{}` is odd"};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

}  // namespace

TEST_CASE("of many alike, the first are shown and the last of these counts the rest") {
  SourceMap sources;
  const FileId file = sources.add("lab.hlab", std::string(200'000, 'x'));
  Diagnostics diags;
  for (std::uint32_t i = 1; i <= 100'000; ++i)
    diags.report(kTwice, Span{file, i, i + 1}, 0).label(Span{file, 0, 1}, "declared here first");
  const auto shown = fold_repeats(diags.sorted());
  REQUIRE(shown.items.size() == kMostRepeats);
  CHECK(shown.items.back()->notes ==
        std::vector<std::string>{"and 99980 more like it, which are not shown"});
  CHECK(shown.items.front()->notes.empty());
  CHECK(diags.error_count() == 100'000);

  const std::string json = render_json(sources, diags);
  CHECK(nlohmann::json::parse(json)["diagnostics"].size() == kMostRepeats);
  CHECK(count(json, "and 99980 more like it") == 1);
  CHECK(count(render_text(sources, diags, {}), "error[HL2001]") == kMostRepeats);
}

TEST_CASE("what a loop repeats is one mistake, whatever it is called each time") {
  SourceMap sources;
  const FileId file = sources.add("lab.hlab", std::string(2'000, 'x'));
  Diagnostics diags;
  for (int i = 0; i < 1'000; ++i) diags.report(kOther, Span{file, 7, 9}, i);
  const auto shown = fold_repeats(diags.sorted());
  REQUIRE(shown.items.size() == kMostRepeats);
  CHECK(shown.items.back()->notes ==
        std::vector<std::string>{"and 980 more like it, which are not shown"});
}

TEST_CASE("of one code there is an end too") {
  SourceMap sources;
  const FileId file = sources.add("lab.hlab", std::string(2'000, 'x'));
  Diagnostics diags;
  for (std::uint32_t i = 0; i < 1'000; ++i)
    diags.report(kOther, Span{file, i, i + 1}, static_cast<int>(i));
  diags.report(kTwice, Span{file, 1'500, 1'501}, 1);
  const auto shown = fold_repeats(diags.sorted());
  REQUIRE(shown.items.size() == kMostOfCode + 1);
  CHECK(shown.items[kMostOfCode - 1]->notes ==
        std::vector<std::string>{"and 800 more like it, which are not shown"});
}

TEST_CASE("what is not the same is all shown") {
  SourceMap sources;
  const FileId file = sources.add("lab.hlab", std::string(2'000, 'x'));
  Diagnostics diags;
  for (std::uint32_t i = 1; i <= 100; ++i) {
    // Another name each time, another first place each time, and too few of one.
    diags.report(kOther, Span{file, i, i + 1}, static_cast<int>(i));
    diags.report(kTwice, Span{file, i, i + 1}, 0).label(Span{file, i + 500, i + 501}, "first");
    if (i <= kMostRepeats) diags.report(kOther, Span{file, i + 800, i + 801}, -1);
  }
  const auto shown = fold_repeats(diags.sorted());
  CHECK(shown.items.size() == 200 + kMostRepeats);
  CHECK(shown.counted.empty());
}
