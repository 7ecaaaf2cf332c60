// Every order that is written down is that of the lab: over many random labs, what the files start is
// never started before what it needs, and in the end everything runs.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "compiler/graph/handover.h"
#include "tests/unit/emit_lab_fixture.h"
#include "tests/unit/every_way.h"
#include "tests/unit/order_replay.h"

namespace hlab::test {

namespace {

std::string first_error(const driver::Compilation& run) {
  for (const diag::Diagnostic* one : run.diags.sorted()) {
    if (one->info->severity == diag::Severity::error)
      return fmt::format("{}: {}", one->info->code, one->message);
  }
  return "";
}

/// Stages of `hlab graph --order`, by the last name of each path.
std::map<std::string, std::size_t> stages_of(const driver::Compilation& run) {
  std::map<std::string, std::size_t> out;
  const auto stages = graph::boot_stages(run.program, run.lab, run.graph);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    for (const auto id : stages[i]) {
      out[std::string(model::View(run.program, run.lab, id).name())] = i;
    }
  }
  return out;
}

std::string stage_fault(const OrderLab& lab, const driver::Compilation& run) {
  const auto stages = stages_of(run);
  for (const OrderService& one : lab.services) {
    if (!stages.contains(one.name)) return one.name + " has no stage";
    if (one.host) continue;
    for (const std::string& node : lab.nodes[static_cast<std::size_t>(one.cluster)]) {
      if (stages.at(node) >= stages.at(one.name)) return one.name + " before " + node;
    }
  }
  for (std::size_t c = 0; c < lab.waits.size(); ++c) {
    const std::string cluster = fmt::format("c{}", c);
    for (const std::string& need : lab.waits[c]) {
      if (stages.at(need) >= stages.at(cluster)) return cluster + " before " + need;
    }
  }
  for (const Need& need : lab.needs) {
    if (need.reached_by) continue;
    if (stages.at(need.to) >= stages.at(need.from)) return need.from + " before " + need.to;
  }
  return "";
}

}  // namespace

TEST_CASE("what the files of random labs start is never started before what it needs",
          "[property]") {
  const int labs = how_many(100);
  int needs = 0;
  int waits = 0;  // of clusters
  for (int seed = 0; seed < labs; ++seed) {
    const OrderLab lab = OrderGenerator(static_cast<std::uint32_t>(seed)).run();
    const EmittedLab out = emit_lab(lab.text);
    INFO("seed " << seed << "\n" << lab.text);
    REQUIRE(first_error(*out.run) == "");
    const std::vector<std::string> faults = Replay(lab, out.tree).run();
    REQUIRE(faults == std::vector<std::string>{});
    REQUIRE(stage_fault(lab, *out.run) == "");
    needs += static_cast<int>(lab.needs.size());
    for (const auto& waited_for : lab.waits) waits += static_cast<int>(waited_for.size());
  }
  CHECK(needs > labs * 4);
  CHECK(waits > labs / 4);
}

TEST_CASE("the order of declarations changes no file") {
  for (int seed = 0; seed < 60; ++seed) {
    const OrderLab lab = OrderGenerator(static_cast<std::uint32_t>(seed)).run();
    const EmittedLab one = emit_lab(lab.text);
    const EmittedLab other = emit_lab(lab.turned);
    INFO("seed " << seed << "\n" << lab.text);
    REQUIRE(one.tree.sorted().size() == other.tree.sorted().size());
    for (const emit::OutputFile* file : one.tree.sorted()) {
      const emit::OutputFile* same = other.tree.find(file->path);
      REQUIRE(same != nullptr);
      INFO(file->path);
      CHECK(file->bytes == same->bytes);
    }
  }
}

TEST_CASE("the replay sees an order that is wrong") {
  int turned = 0;
  for (int seed = 0; seed < 40; ++seed) {
    OrderLab lab = OrderGenerator(static_cast<std::uint32_t>(seed)).run();
    const EmittedLab out = emit_lab(lab.text);
    INFO("seed " << seed << "\n" << lab.text);
    lab.waits[0].insert("front");  // which runs in that cluster
    CHECK(!Replay(lab, out.tree).run().empty());
    CHECK(stage_fault(lab, *out.run) != "");
    lab.waits[0].erase("front");
    for (std::size_t i = 0; i < lab.needs.size(); ++i) {
      if (lab.needs[i].reached_by) continue;
      std::swap(lab.needs[i].from, lab.needs[i].to);
      CHECK(!Replay(lab, out.tree).run().empty());
      CHECK(stage_fault(lab, *out.run) != "");
      std::swap(lab.needs[i].from, lab.needs[i].to);
      ++turned;
    }
  }
  CHECK(turned > 100);
}

}  // namespace hlab::test
