// Whether everything finds a place: pods, each with what it always needs and where it may run, against
// the machines of one cluster. Plain numbers, so that the search knows nothing of labs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/placement/machine_set.h"

namespace hlab::placement {

/// Quantities in one order for all machines and pods of a problem: memory in bytes, CPU in thousandths. What only one
/// pod of a machine can have, such as a port, is an amount of which the machine has one.
using Amounts = std::vector<std::int64_t>;

struct Machine {
  Amounts has;
};

/// Pods of one kind. Each constraint can be left out of a question (`Constraints`).
struct Pods {
  std::uint32_t count = 1;
  Amounts needs;         // of each pod
  MachineSet bound_to;   // empty: to none in particular
  MachineSet tolerates;  // machines whose taints are borne; empty: all are
  MachineSet built_for;  // no constraint: where a mend may send them; empty: anywhere
  bool apart = false;    // no two on one machine
};

struct Amount {
  std::string name;
  std::uint32_t bit = 0;  // of the constraint that it is part of
};

struct Problem {
  std::vector<Amount> amounts;  // in the order of `Amounts`
  std::vector<Machine> machines;
  std::vector<Pods> pods;
};

/// What can be asked of pods. From `kAmount` on: what can be asked less of.
enum ConstraintBit : std::uint32_t { kBound = 0, kTaint = 1, kApart = 2, kPorts = 3, kAmount = 4 };

struct Constraint {
  std::uint32_t pods = 0;
  std::uint32_t bit = 0;
  friend bool operator==(const Constraint&, const Constraint&) = default;
};

/// Bits of the constraints in force, by pods. None in force: they may be anywhere and need nothing.
using Constraints = std::vector<std::uint64_t>;

/// All that the problem says.
[[nodiscard]] Constraints all_constraints(const Problem& problem);
[[nodiscard]] std::vector<Constraint> listed(const Constraints& constraints);

}  // namespace hlab::placement
