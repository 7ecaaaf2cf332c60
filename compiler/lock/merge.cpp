#include "compiler/lock/merge.h"

#include <set>

#include "compiler/base/lock_pools.h"

namespace hlab::lock {
namespace {

using Taken = std::set<std::pair<std::string, std::string>>;  // pool and value

const Lease* in(const Lock& lock, const Lease& lease) { return lock.find(lease.pool, lease.path); }

bool same(const Lease* left, const Lease* right) {
  if (left == nullptr || right == nullptr) return left == right;
  return left->value == right->value;
}

void take_ours(const Lock& base, const Lock& ours, const Lock& theirs, Lock& out) {
  for (const Lease& lease : ours.entries()) {
    const Lease* before = in(base, lease);
    const Lease* other = in(theirs, lease);
    const bool untouched = same(before, &lease);
    if (untouched && !same(before, other)) continue;  // theirs changed or removed it
    out.set(lease.pool, lease.path, lease.value);
  }
}

Taken taken_in(const Lock& lock) {
  Taken out;
  for (const Lease& lease : lock.entries()) {
    if (is_exclusive_pool(lease.pool)) out.emplace(lease.pool, lease.value);
  }
  return out;
}

void take_theirs(const Lock& base, const Lock& ours, const Lock& theirs, Merged& merged) {
  Taken taken = taken_in(merged.lock);
  for (const Lease& lease : theirs.entries()) {
    if (in(merged.lock, lease) != nullptr) continue;
    // Ours removed what theirs left alone.
    if (in(ours, lease) == nullptr && same(in(base, lease), &lease)) continue;
    const bool exclusive = is_exclusive_pool(lease.pool);
    if (exclusive && !taken.emplace(lease.pool, lease.value).second) {
      merged.dropped.push_back(lease);
    } else {
      merged.lock.set(lease.pool, lease.path, lease.value);
    }
  }
}

}  // namespace

Merged merge(const Lock& base, const Lock& ours, const Lock& theirs) {
  Merged merged;
  for (const std::string& line : ours.header()) merged.lock.add_header_line(line);
  take_ours(base, ours, theirs, merged.lock);
  take_theirs(base, ours, theirs, merged);
  return merged;
}

}  // namespace hlab::lock
