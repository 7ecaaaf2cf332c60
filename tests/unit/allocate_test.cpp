#include "compiler/evaluate/allocate.h"

#include <catch2/catch.hpp>

#include <random>
#include <set>

using namespace hlab;
using evaluate::allocate;
using evaluate::Asker;
using evaluate::Taken;

TEST_CASE("what is taken is what was added, whatever overlaps or touches") {
  std::mt19937 random(5);
  const auto up_to = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  for (int round = 0; round < 400; ++round) {
    Taken taken;
    std::set<int> plain;
    for (int i = 0; i < 8; ++i) {
      const int first = up_to(40);
      const int last = first + up_to(6) - 1;  // some end before they begin
      if (last < 0) continue;
      taken.add(static_cast<Wide>(first), static_cast<Wide>(last));
      for (int n = first; n <= last; ++n) plain.insert(n);
    }
    for (int n = 0; n <= 50; ++n) {
      REQUIRE(taken.has(static_cast<Wide>(n)) == plain.contains(n));
      int next = n;
      while (plain.contains(next)) ++next;
      const auto found = taken.next(static_cast<Wide>(n), 45);
      REQUIRE(found.has_value() == (next <= 45));
      if (found) REQUIRE(*found == static_cast<Wide>(next));
    }
  }
}

TEST_CASE("the first and the last of all values are values") {
  const Wide last = ~static_cast<Wide>(0);
  Taken taken;
  taken.add(0, 0);
  taken.add(last - 1, last);
  CHECK(taken.has(0));
  CHECK(taken.has(last));
  CHECK_FALSE(taken.has(1));
  CHECK_FALSE(taken.next(last - 1, last));
  CHECK(*taken.next(0, last) == 1);
  taken.add(1, last - 2);
  CHECK_FALSE(taken.next(0, last));
}

TEST_CASE("numbers keep their order without a sign") {
  const std::int64_t numbers[] = {INT64_MIN, -7, -1, 0, 1, 30000, INT64_MAX};
  for (std::size_t i = 0; i < std::size(numbers); ++i) {
    CHECK(evaluate::number_of(evaluate::wide_of(numbers[i])) == numbers[i]);
    if (i > 0) CHECK(evaluate::wide_of(numbers[i - 1]) < evaluate::wide_of(numbers[i]));
  }
}

TEST_CASE("who is new gets what its own ends admit, and takes nothing that another keeps") {
  const std::vector<Asker> askers{
      {"c", {}, {}}, {"a", {6, 9}, {}}, {"b", {}, Wide{6}}, {"d", {1, 2}, Wide{9}}};
  const auto given = allocate({1, 8}, {}, askers);
  CHECK(*given[2] == 6);
  CHECK(*given[1] == 7);
  CHECK(*given[0] == 1);
  CHECK(*given[3] == 2);  // 9 is outside
  const std::vector<Asker> many{{"a", {}, {}}, {"b", {}, {}}, {"c", {}, Wide{2}}};
  const auto none = allocate({2, 3}, {}, many);
  CHECK(*none[0] == 3);
  CHECK_FALSE(none[1]);
  CHECK(*none[2] == 2);
}
