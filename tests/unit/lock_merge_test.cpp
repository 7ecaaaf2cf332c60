#include "compiler/lock/merge.h"

#include <catch2/catch.hpp>

#include <set>

#include "tests/unit/lease_model.h"

using namespace hlab;

namespace {

lock::Lock lock_of(const std::string& text) {
  SourceMap sources;
  diag::Diagnostics diags;
  const FileId file = sources.add("hlab.lock", text);
  lock::Lock lock = lock::parse(sources, file, diags);
  REQUIRE_FALSE(diags.has_errors());
  return lock;
}

std::string lines(const lock::Lock& lock) {
  std::string out;
  for (const auto& lease : lock.entries())
    out += lease.pool + " " + lease.path + " " + lease.value + "\n";
  return out;
}

test::LeaseMap leases_of(const lock::Lock& lock) {
  test::LeaseMap out;
  for (const auto& lease : lock.entries()) out[{lease.pool, lease.path}] = lease.value;
  return out;
}

std::string merged(const std::string& base, const std::string& ours, const std::string& theirs) {
  return lines(lock::merge(lock_of(base), lock_of(ours), lock_of(theirs)).lock);
}

}  // namespace

TEST_CASE("what one branch changed is taken") {
  CHECK(merged("p.x a 1\n", "p.x a 1\np.x b 2\n", "p.x a 1\np.x c 3\n") ==
        "p.x a 1\np.x b 2\np.x c 3\n");
  CHECK(merged("p.x a 1\np.x b 2\n", "p.x a 1\n", "p.x a 1\np.x b 2\n") == "p.x a 1\n");
  CHECK(merged("p.x a 1\np.x b 2\n", "p.x a 1\np.x b 2\n", "p.x a 1\n") == "p.x a 1\n");
  CHECK(merged("p.x a 1\n", "p.x a 1\n", "p.x a 5\n") == "p.x a 5\n");
  CHECK(merged("p.x a 1\n", "p.x a 4\n", "p.x a 1\n") == "p.x a 4\n");
}

TEST_CASE("what both changed stays as the branch has it that is merged into") {
  CHECK(merged("p.x a 1\n", "p.x a 2\n", "p.x a 3\n") == "p.x a 2\n");
  CHECK(merged("", "p.x a 2\n", "p.x a 3\n") == "p.x a 2\n");
}

TEST_CASE("of two leases of one value ours stands, and the other is told") {
  const auto found = lock::merge(lock_of(""), lock_of("p.x b 1\n"), lock_of("p.x a 1\n"));
  CHECK(lines(found.lock) == "p.x b 1\n");
  REQUIRE(found.dropped.size() == 1);
  CHECK(found.dropped[0].path == "a");
}

TEST_CASE("facts may be the same for many") {
  CHECK(merged("", "version service.b 1.0\n", "version service.a 1.0\n") ==
        "version service.a 1.0\nversion service.b 1.0\n");
}

TEST_CASE(
    "no merge leaves a value with two holders, and none loses a lease that nobody else took") {
  std::uint32_t seed = 7;
  const auto next = [&](std::uint32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
  };
  const auto random_lock = [&](const lock::Lock& from) {
    lock::Lock out = from;
    for (int edit = 0; edit < 4; ++edit) {
      const std::string path(1, static_cast<char>('a' + next(8)));
      out.erase("p.x", path);
      const std::string value = std::to_string(next(12));
      bool taken = next(4) == 0;
      for (const auto& lease : out.entries()) taken = taken || lease.value == value;
      if (!taken) out.set("p.x", path, value);
    }
    return out;
  };
  int both_changed = 0;
  int ours_removed = 0;
  int gave_way = 0;
  for (int round = 0; round < 5000; ++round) {
    const lock::Lock base = random_lock({});
    const lock::Lock ours = random_lock(base);
    const lock::Lock theirs = random_lock(base);
    const auto result = lock::merge(base, ours, theirs);
    std::set<std::string> values;
    for (const auto& lease : result.lock.entries()) CHECK(values.insert(lease.value).second);
    CHECK(lines(lock::merge(base, ours, base).lock) == lines(ours));
    CHECK(lines(lock::merge(base, base, theirs).lock) == lines(theirs));
    const test::MergeModel model = test::expected_merge(leases_of(base), leases_of(ours),
                                                        leases_of(theirs));
    INFO("base\n" << lines(base) << "ours\n" << lines(ours) << "theirs\n" << lines(theirs));
    REQUIRE(lines(result.lock) == test::text_of(model.leases));
    test::LeaseMap dropped;
    for (const auto& lease : result.dropped) dropped[{lease.pool, lease.path}] = lease.value;
    REQUIRE(test::text_of(dropped) == test::text_of(model.dropped));
    both_changed += model.both_changed;
    ours_removed += model.ours_removed;
    gave_way += static_cast<int>(dropped.size());
  }
  CHECK(both_changed > 500);
  CHECK(ours_removed > 500);
  CHECK(gave_way > 500);
}
