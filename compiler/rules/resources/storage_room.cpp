// Whether every copy of every volume finds room on the disks of its storage.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "compiler/placement/conflict.h"
#include "compiler/placement/disk_room.h"
#include "compiler/placement/storage_problem.h"
#include "compiler/placement/sums.h"
#include "compiler/rules/resources/conflict_text.h"
#include "compiler/rules/resources/resource_rules.h"
#include "compiler/values/scalar_text.h"

namespace hlab::rules {

using model::View;
using placement::StorageProblem;

namespace {

constexpr std::size_t kMostTold = 4;

std::string name_of(const View& volume) {
  return fmt::format("`{}` of `{}`", volume.name(), volume.top().name());
}

std::int64_t bytes_of(const StorageProblem& where, std::size_t volume) {
  return where.problem.pods[volume].needs.front();
}

std::string needs_text(const StorageProblem& where, std::size_t volume) {
  const std::uint32_t copies = where.problem.pods[volume].count;
  return fmt::format("{} needs {}{}", name_of(where.volumes[volume]),
                     values::bytes_text(bytes_of(where, volume)),
                     copies > 1 ? fmt::format(" on each of {} nodes", copies) : "");
}

/// Where the lab says how much it is; where the library does, the service that has it.
Span size_at(const View& volume) {
  const Span at = volume.set_at("size");
  const program::Program& program = volume.program();
  if (!at.valid()) return volume.declared_at();
  return program.modules[program.module_of(at)].library ? volume.top().declared_at() : at;
}

std::string mends_text(const StorageProblem& where) {
  constexpr std::size_t kMostMends = 3;
  std::vector<std::string> mends;
  const placement::Conflict conflict = placement::conflict_of(where.problem);
  for (const placement::Mend& mend : placement::mends_of(where.problem, conflict, kMostMends)) {
    if (mend.at_most && mend.constraint.bit >= placement::kAmount)
      mends.push_back(fmt::format("let {} have {} or less",
                                  name_of(where.volumes[mend.constraint.pods]),
                                  values::bytes_text(*mend.at_most)));
  }
  return mends.empty() ? "give it more disks or larger ones, or take a volume away"
                       : fmt::format("{}; or give it larger disks", fmt::join(mends, "; or "));
}

void label_disks(diag::Report& report, const StorageProblem& where) {
  for (std::size_t m = 0; m < where.nodes.size() && m < kMostTold; ++m) {
    const std::int64_t room = where.problem.machines[m].has.front();
    if (room >= placement::kUncounted) continue;
    report.label(
        where.nodes[m].declared_at(),
        fmt::format("`{}` has {} for it", where.nodes[m].name(), values::bytes_text(room)));
  }
}

/// The volumes that a message is about, the first at its own place.
void tell(const StorageProblem& where, const std::vector<std::size_t>& volumes,
          const std::string& message, diag::Diagnostics& diags) {
  auto report = diags.report(kNoRoomOnDisks, size_at(where.volumes[volumes.front()]), message);
  report.here(needs_text(where, volumes.front()));
  for (std::size_t i = 1; i < volumes.size() && i < kMostTold; ++i) {
    report.label(size_at(where.volumes[volumes[i]]), needs_text(where, volumes[i]));
  }
  label_disks(report, where);
  report.help(mends_text(where));
}

std::int64_t asked_in_all(const StorageProblem& where) {
  std::int64_t asked = 0;
  for (const placement::Pods& copies : where.problem.pods)
    asked = placement::sum_of(asked, placement::times(copies.needs.front(), copies.count));
  return asked;
}

/// `kUncounted` or more where some disk has no size.
std::int64_t room_in_all(const StorageProblem& where) {
  std::int64_t room = 0;
  for (const placement::Machine& machine : where.problem.machines)
    room = placement::sum_of(room, machine.has.front());
  return room;
}

std::vector<std::size_t> largest(const StorageProblem& where) {
  std::vector<std::size_t> out(where.volumes.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
    return bytes_of(where, a) > bytes_of(where, b);
  });
  return out;
}

void check_driver(const StorageProblem& where, diag::Diagnostics& diags) {
  // Without disks nothing is known of its room; too few of them are told by a check of the driver.
  const auto copies = static_cast<std::size_t>(where.driver.number("copies", 1));
  if (where.volumes.empty() || where.nodes.size() < copies) return;
  if (placement::place(where.problem).answer != placement::Answer::impossible) return;
  const std::int64_t asked = asked_in_all(where);
  const std::int64_t room = room_in_all(where);
  if (asked > room && room < placement::kUncounted) {
    tell(where, largest(where),
         fmt::format("the volumes on `{}` ask for {}, copies and all, and its disks have {}",
                     where.driver.name(), values::bytes_text(asked), values::bytes_text(room)),
         diags);
    return;
  }
  const std::vector<std::size_t> volumes = pods_in(placement::conflict_of(where.problem));
  std::vector<std::string> names;
  for (const std::size_t volume : volumes) names.push_back(name_of(where.volumes[volume]));
  tell(where, volumes,
       fmt::format("{} {} no room{} on the disks of `{}`", listed(names, "and"),
                   names.size() == 1 ? "finds" : "find", names.size() == 1 ? "" : " together",
                   where.driver.name()),
       diags);
}

}  // namespace

void check_storage_room(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& driver : input.all("storage-driver")) {
    if (driver.flag("node-local") || driver.flag("extern")) continue;
    check_driver(placement::storage_problem(input.program, input.lab, driver), diags);
  }
}

}  // namespace hlab::rules
