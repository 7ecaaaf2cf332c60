// `hlab.lock`: what was handed out once and must stay (allocated addresses and ports, frozen versions,
// learned facts). One lease a line, `pool instance-path value`, sorted bytewise, LF. Taken from the
// file beside the lab, read by evaluation, written back by the commands that may.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"

namespace hlab::lock {

inline constexpr std::string_view kFileName = "hlab.lock";

struct Lease {
  std::string pool;   // `network.lan`
  std::string path;   // `node.pi5.address.lan`
  std::string value;  // canonical text
  Span span;          // its line without the line ending; none for a new one

  friend bool operator==(const Lease& a, const Lease& b) {
    return a.pool == b.pool && a.path == b.path && a.value == b.value;
  }
};

class Lock {
 public:
  /// The value leased, or none.
  [[nodiscard]] const Lease* find(std::string_view pool, std::string_view path) const;
  /// All leases of a pool, sorted by path.
  [[nodiscard]] std::pair<const Lease*, const Lease*> pool(std::string_view pool) const;
  /// Adds or replaces. The three parts are not empty and hold no blank.
  void set(std::string_view pool, std::string_view path, std::string_view value, Span span = {});
  bool erase(std::string_view pool, std::string_view path);

  [[nodiscard]] const std::vector<Lease>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  void add_header_line(std::string line) { header_.push_back(std::move(line)); }

 private:
  std::vector<Lease> entries_;       // sorted by (pool, path)
  std::vector<std::string> header_;  // comment lines, kept as they are
};

/// Whether a text may stand as one of the three parts of a line.
[[nodiscard]] bool is_lease_part(std::string_view text);

/// The leases of a lock file; broken lines are reported and left out, of doubled ones the first stays.
[[nodiscard]] Lock parse(const SourceMap& sources, FileId file, diag::Diagnostics& diags);

/// The bytes of the file. A lock without header gets the standard one.
[[nodiscard]] std::string render(const Lock& lock);

struct LockDifference {
  std::vector<Lease> added;                      // in the new one only
  std::vector<Lease> stale;                      // in the old one only: nobody asks any more
  std::vector<std::pair<Lease, Lease>> changed;  // old, new
  [[nodiscard]] bool empty() const { return added.empty() && stale.empty() && changed.empty(); }
};

[[nodiscard]] LockDifference difference(const Lock& before, const Lock& after);

}  // namespace hlab::lock
