#include "compiler/lock/lock.h"

#include <algorithm>
#include <tuple>

namespace hlab::lock {
namespace {

constexpr std::string_view kStandardHeader =
    "# What hlab handed out and keeps: commit this file, and let hlab write it.\n";

using Key = std::pair<std::string_view, std::string_view>;

Key key_of(const Lease& lease) { return {lease.pool, lease.path}; }

// A blank sorts before every character that a part may hold, so the order of the keys is the order of
// the lines as bytes.
auto position(const std::vector<Lease>& entries, Key key) {
  return std::lower_bound(entries.begin(), entries.end(), key,
                          [](const Lease& lease, Key wanted) { return key_of(lease) < wanted; });
}

}  // namespace

bool is_lease_part(std::string_view text) {
  return !text.empty() && text.front() != '#' && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
  });
}

const Lease* Lock::find(std::string_view pool, std::string_view path) const {
  const auto at = position(entries_, {pool, path});
  return at != entries_.end() && at->pool == pool && at->path == path ? &*at : nullptr;
}

std::pair<const Lease*, const Lease*> Lock::pool(std::string_view pool) const {
  const auto first = position(entries_, {pool, {}});
  const auto last = std::find_if(first, entries_.end(),
                                 [&](const Lease& l) { return l.pool != pool; });
  const Lease* base = entries_.data();
  return {base + (first - entries_.begin()), base + (last - entries_.begin())};
}

void Lock::set(std::string_view pool, std::string_view path, std::string_view value, Span span) {
  const auto at = entries_.begin() + (position(entries_, {pool, path}) - entries_.cbegin());
  Lease lease{std::string(pool), std::string(path), std::string(value), span};
  if (at != entries_.end() && key_of(*at) == Key{pool, path}) {
    *at = std::move(lease);
  } else {
    entries_.insert(at, std::move(lease));
  }
}

bool Lock::erase(std::string_view pool, std::string_view path) {
  const auto at = position(entries_, {pool, path});
  if (at == entries_.end() || key_of(*at) != Key{pool, path}) return false;
  entries_.erase(at);
  return true;
}

std::string render(const Lock& lock) {
  std::string text;
  for (const std::string& line : lock.header()) text.append(line).push_back('\n');
  if (lock.header().empty()) text = kStandardHeader;
  for (const Lease& lease : lock.entries()) {
    text.append(lease.pool).append(1, ' ').append(lease.path).append(1, ' ');
    text.append(lease.value).push_back('\n');
  }
  return text;
}

LockDifference difference(const Lock& before, const Lock& after) {
  LockDifference result;
  for (const Lease& lease : after.entries()) {
    const Lease* old = before.find(lease.pool, lease.path);
    if (old == nullptr)
      result.added.push_back(lease);
    else if (old->value != lease.value)
      result.changed.emplace_back(*old, lease);
  }
  for (const Lease& lease : before.entries()) {
    if (after.find(lease.pool, lease.path) == nullptr) result.stale.push_back(lease);
  }
  return result;
}

}  // namespace hlab::lock
