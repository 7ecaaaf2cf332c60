// Three versions of a lock, as git hands them to a merge driver.
#pragma once

#include <vector>

#include "compiler/lock/lock.h"

namespace hlab::lock {

struct Merged {
  Lock lock;
  std::vector<Lease> dropped;  // of theirs: the next build gives them something else
};

/// What one side changed is taken; what both changed stays as ours has it. Of two leases of one value
/// ours wins too: the branch that is merged into may be in use already.
[[nodiscard]] Merged merge(const Lock& base, const Lock& ours, const Lock& theirs);

}  // namespace hlab::lock
