#include <catch2/catch.hpp>

#include "compiler/rules/kubernetes/version_range.h"

using namespace hlab::rules;

namespace {

/// Whether 1.34.3 is in it.
std::optional<bool> fits(std::string_view range) { return in_range({1, 34, 3}, range); }

}  // namespace

TEST_CASE("ranges of charts are read as Helm reads them", "[rules]") {
  for (const char* range : {">=1.25.0-0",
                            ">= 1.22.0-0",
                            "^1.30",
                            "~1.34",
                            "~1.34.0",
                            "~1",
                            "1.x",
                            "1.34",
                            "v1.34.3",
                            "*",
                            "x",
                            ">=1.25, <1.35",
                            ">=1.25 <1.35.0",
                            ">1.33",
                            "<=1.34",
                            "!=1.34.2",
                            "1.30 - 1.34",
                            "1.30.0 - 1.34.3",
                            "<1.20 || >=1.30",
                            "=>1.34.3",
                            "=1.34",
                            "^1.34.3",
                            ">=1.25,"}) {
    INFO(range);
    CHECK(fits(range) == std::optional<bool>(true));
  }
  for (const char* range : {">=1.35.0-0", "<1.34.3", "<1.34", "~1.33", "^2", "^0.34", "1.33.x",
                            ">1.34", "!=1.34", "!=1.34.3", "1.30 - 1.33", ">=1.25, <1.30",
                            "<1.20 || >1.40", "~1.34.4", "=1.34.2", ">1.34.3"}) {
    INFO(range);
    CHECK(fits(range) == std::optional<bool>(false));
  }
  for (const char* range : {"", " ", "new", ">=", "1.x.3", "1.2.3.4", "1..2", "1.", "||",
                            ">= 1.25 ||", "<>1.2", "1.30 - ", "1,5 x y"}) {
    INFO(range);
    CHECK(fits(range) == std::nullopt);
  }
  CHECK(in_range({0, 2, 9}, "^0.2.3") == std::optional<bool>(true));
  CHECK(in_range({0, 3, 0}, "^0.2.3") == std::optional<bool>(false));
  CHECK(in_range({0, 0, 4}, "^0.0.3") == std::optional<bool>(false));
}

TEST_CASE("the release of a cluster", "[rules]") {
  CHECK(read_release("v1.34.3+k3s1") == std::optional<Release>({1, 34, 3}));
  CHECK(read_release("1.30-rc1") == std::optional<Release>({1, 30, 0}));
  CHECK_FALSE(read_release("stable"));
  CHECK_FALSE(read_release("*"));
}
