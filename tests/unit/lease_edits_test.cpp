// Allocation is stable: over random edits, on branches too, no lease moves that need not, and no two
// collide. HLAB_SEQUENCES says how many sequences of edits; the long test asks for thousands of builds.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "compiler/driver/compile.h"
#include "compiler/driver/lab_lock.h"
#include "compiler/lock/merge.h"
#include "tests/unit/lease_editor.h"
#include "tests/unit/tree_fixture.h"

namespace hlab::test {
namespace {

int how_many() {
  const char* sequences = std::getenv("HLAB_SEQUENCES");
  return sequences == nullptr ? 150 : std::atoi(sequences);
}

LeaseMap leases_of(const lock::Lock& lock) {
  LeaseMap out;
  for (const lock::Lease& lease : lock.entries()) {
    if (is_pool_of_model(lease.pool)) out[{lease.pool, lease.path}] = lease.value;
  }
  return out;
}

/// A working copy: the lab, and the lock beside it.
struct Branch {
  LeaseLab lab;
  lock::Lock lock;
};

class Sequence {
 public:
  Sequence(std::uint32_t seed, const Scratch& scratch) : editor_(seed), scratch_(scratch) {}

  int moves() const { return moves_; }
  /// What merges met: leases that both branches changed, and leases that only ours took away.
  int both_changed() const { return both_changed_; }
  int ours_removed() const { return ours_removed_; }

  void run() {
    Branch trunk;
    edit_and_build(trunk, 20);
    for (int step = 0; step < 5; ++step) {
      if (editor_.once_in(3)) {
        branch_and_merge(trunk);
      } else {
        edit_and_build(trunk, 1 + editor_.up_to(3));
      }
    }
  }

 private:
  void edit_and_build(Branch& branch, int edits) {
    const LeaseLab before = branch.lab;
    for (int i = 0; i < edits; ++i) editor_.edit(branch.lab);
    build(branch, before);
  }

  /// `before` is the lab that the lock was made for.
  void build(Branch& branch, const LeaseLab& before) {
    const LeaseMap known = leases_of(branch.lock);
    branch.lock = compiled(branch);
    const LeaseMap given = leases_of(branch.lock);
    INFO("lock before:\n" << text_of(known) << "after:\n" << text_of(given) << shown(branch.lab));
    REQUIRE(collision(branch.lab, given) == "");
    REQUIRE(needless_move(before, known, branch.lab, given) == "");
    REQUIRE(text_of(given) == text_of(expected_leases(branch.lab, known)));
    const auto then = by_holder(before, known);
    for (const auto& [id, value] : by_holder(branch.lab, given)) {
      const auto old = then.find(id);
      if (old != then.end() && old->second != value) ++moves_;
    }
    editor_.after_build(branch.lab);
  }

  lock::Lock compiled(const Branch& branch) {
    const auto texts = branch.lab.texts();
    for (std::size_t i = 0; i < texts.size(); ++i)
      put(scratch_.at(fmt::format("lab-{}.hlab", i)), texts.at(i));
    put(scratch_.at("hlab.lock"), lock::render(branch.lock));
    const auto run = driver::compile_lab({scratch_.at("")});
    for (const diag::Diagnostic* one : run->diags.sorted()) {
      INFO(shown(branch.lab) << lock::render(branch.lock));
      if (one->severity == diag::Severity::error)
        REQUIRE(fmt::format("{}: {}", one->info->code, one->message) == "");
    }
    return driver::new_lock(*run);
  }

  void branch_and_merge(Branch& trunk) {
    const Branch base = trunk;
    Branch theirs = trunk;
    for (int i = editor_.up_to(1); i >= 0; --i) edit_and_build(trunk, 1 + editor_.up_to(2));
    for (int i = editor_.up_to(1); i >= 0; --i) edit_and_build(theirs, 1 + editor_.up_to(2));
    const Branch ours = trunk;
    trunk.lab = merged_labs(base.lab, ours.lab, theirs.lab);
    trunk.lock = lock::merge(base.lock, ours.lock, theirs.lock).lock;
    const LeaseMap merged = leases_of(trunk.lock);
    const MergeModel model = expected_merge(leases_of(base.lock), leases_of(ours.lock),
                                            leases_of(theirs.lock));
    REQUIRE(text_of(merged) == text_of(model.leases));
    both_changed_ += model.both_changed;
    ours_removed_ += model.ours_removed;
    trunk.lock = compiled(trunk);
    const LeaseMap given = leases_of(trunk.lock);
    INFO("merged:\n" << text_of(merged) << "given:\n" << text_of(given) << shown(trunk.lab));
    REQUIRE(collision(trunk.lab, given) == "");
    REQUIRE(lost_in_merge(base, ours, theirs, trunk) == "");
    REQUIRE(text_of(given) == text_of(expected_leases(trunk.lab, merged)));
    editor_.after_build(trunk.lab);
  }

  /// A lease that is neither what the branch has that changed it, nor had to give way.
  static std::string lost_in_merge(const Branch& base, const Branch& ours, const Branch& theirs,
                                   const Branch& merged) {
    const auto then = by_holder(base.lab, leases_of(base.lock));
    const auto mine = by_holder(ours.lab, leases_of(ours.lock));
    const auto other = by_holder(theirs.lab, leases_of(theirs.lock));
    const auto of = [](const std::map<int, std::string>& leases, int id) {
      const auto found = leases.find(id);
      return found == leases.end() ? std::string() : found->second;
    };
    for (const auto& [id, value] : by_holder(merged.lab, leases_of(merged.lock))) {
      const bool theirs_only = of(mine, id) == of(then, id) && of(other, id) != of(then, id);
      const std::string wanted = theirs_only || of(mine, id).empty() ? of(other, id) : of(mine, id);
      if (wanted.empty() || wanted == value) continue;
      const Holder& one = *merged.lab.find(id);
      if (!is_free(merged.lab, one.kind, wanted)) continue;  // somebody wrote it
      const Holder* in_ours = ours.lab.find(id);
      const Holder* in_theirs = theirs.lab.find(id);
      // Renamed on one branch, and moved or taken away on the other: two lines speak for it.
      if (in_ours != nullptr && in_theirs != nullptr && in_ours->name != in_theirs->name) continue;
      bool taken = false;  // by somebody who has it on the other branch
      for (const auto& [who, had] : by_holder(merged.lab, leases_of(merged.lock)))
        taken = taken || (who != id && had == wanted && merged.lab.find(who)->kind == one.kind);
      if (!taken) return one.path() + " had " + wanted + " and has " + value + " now";
    }
    return "";
  }

  static std::string shown(const LeaseLab& lab) {
    std::string out;
    for (const std::string& text : lab.texts()) out += "--\n" + text;
    return out;
  }

  LeaseEditor editor_;
  const Scratch& scratch_;
  int moves_ = 0;
  int both_changed_ = 0;
  int ours_removed_ = 0;
};

}  // namespace

// rule LEASE-9
TEST_CASE("over random edits and merges no lease moves that need not, and no two collide") {
  const Scratch scratch;
  int moves = 0;
  int both_changed = 0;
  int ours_removed = 0;
  for (int seed = 0; seed < how_many(); ++seed) {
    INFO("sequence " << seed);
    Sequence sequence(static_cast<std::uint32_t>(seed), scratch);
    sequence.run();
    moves += sequence.moves();
    both_changed += sequence.both_changed();
    ours_removed += sequence.ours_removed();
  }
  CHECK(moves > how_many() / 4);  // those that had to
  CHECK(both_changed > 0);
  CHECK(ours_removed > how_many() / 10);
}

TEST_CASE("the model sees leases that move or collide") {
  LeaseEditor editor(7);
  LeaseLab lab;
  for (int i = 0; i < 40; ++i) editor.edit(lab);
  const LeaseMap good = expected_leases(lab, {});
  REQUIRE(collision(lab, good) == "");
  REQUIRE(needless_move(lab, good, lab, good) == "");
  int pairs = 0;
  for (auto one = good.begin(); one != good.end() && std::next(one) != good.end(); ++one) {
    const auto next = std::next(one);
    if (one->first.first != next->first.first) continue;
    LeaseMap swapped = good;
    std::swap(swapped[one->first], swapped[next->first]);
    CHECK(needless_move(lab, good, lab, swapped) != "");
    LeaseMap doubled = good;
    doubled[one->first] = next->second;
    CHECK(collision(lab, doubled) != "");
    ++pairs;
  }
  CHECK(pairs > 5);
}

}  // namespace hlab::test
