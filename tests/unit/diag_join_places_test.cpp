// What many places say in the same words is shown once, with the first of them.
#include <catch2/catch.hpp>

#include "compiler/diag/diagnostics.h"
#include "compiler/diag/join_places.h"

using namespace hlab;
using namespace hlab::diag;

namespace {

const Diag<std::string_view> kMissing{{"HL2001", "missing", Severity::error, "", "", "", "", true},
                                      "nothing is called `{}`"};
const Diag<std::string_view> kOther{{"HL2002", "other", Severity::error, "", "", "", ""},
                                    "`{}` is odd"};

Span at(FileId file, std::uint32_t begin) { return {file, begin, begin + 1}; }

}  // namespace

TEST_CASE("a name that is missing in many places is one mistake, and its mend changes them all") {
  const FileId file(0);
  Diagnostics diags;
  for (std::uint32_t i = 0; i < 100'000; ++i)
    diags.report(kMissing, at(file, 2 * i), "cot").suggest("cat");
  const Joined joined = join_places(diags.sorted());
  REQUIRE(joined.items.size() == 1);
  const Diagnostic& one = *joined.items.front();
  CHECK(one.at == at(file, 0));
  CHECK(one.labels.size() == kMostPlaces);
  CHECK(one.labels.front().span == at(file, 2));
  CHECK(one.notes == std::vector<std::string>{"and in 99995 more places"});
  REQUIRE(one.fixes.size() == 1);
  CHECK(one.fixes.front().edits.size() == 100'000);
}

TEST_CASE("what is mended in another way, has another name or does not join stays by itself") {
  const FileId file(0);
  Diagnostics diags;
  diags.report(kMissing, at(file, 0), "cot").suggest("cat");
  diags.report(kMissing, at(file, 1), "cot").suggest("cut");
  diags.report(kMissing, at(file, 2), "dug");
  diags.report(kOther, at(file, 3), "cot");
  diags.report(kOther, at(file, 4), "cot");
  diags.report(kMissing, at(file, 5), "dug");
  const Joined joined = join_places(diags.sorted());
  REQUIRE(joined.items.size() == 5);
  CHECK(joined.items[2]->labels.size() == 1);
  CHECK(joined.items[2]->notes.empty());
  CHECK(joined.items[3]->labels.empty());
}

TEST_CASE("a mend that is a guess at one of the places is one for all") {
  const FileId file(0);
  Diagnostics diags;
  diags.report(kMissing, at(file, 0), "cot").suggest(Near{"cat", true});
  diags.report(kMissing, at(file, 1), "cot").suggest(Near{"cat", false});
  const Joined joined = join_places(diags.sorted());
  REQUIRE(joined.items.size() == 1);
  CHECK_FALSE(joined.items.front()->fixes.front().certain);
}
